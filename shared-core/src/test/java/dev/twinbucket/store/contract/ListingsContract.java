package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deletions and listings. */
abstract class ListingsContract extends ReadsContract {
  @Test
  void aDeletionRemovesJustThatVersion() {
    ObjectLocation at = create("doomed", V1);
    store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
    assertThat(store.observe(at)).isEqualTo(new Observation.Absent(at));
  }

  @Test
  void aDeletionLeavesAnotherVersionAlone() {
    unless(
        Deviation.IGNORES_DELETE_CONDITION,
        () -> {
          ObjectLocation at = create("spared", V1);
          ObjectVersion first = look(at).version();
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first));
          assertThatThrownBy(() -> store.delete(at, WriteCondition.ifUnchanged(first)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).size()).isEqualTo(V2.length);
        });
  }

  @Test
  void aDeletionOfWhatIsGoneIsAFailedCondition() {
    unless(
        Deviation.DELETES_THE_ABSENT,
        () -> {
          ObjectLocation at = create("gone-already", V1);
          ObjectVersion version = look(at).version();
          store.delete(at, WriteCondition.ifUnchanged(version));
          assertThatThrownBy(() -> store.delete(at, WriteCondition.ifUnchanged(version)))
              .isInstanceOf(StoreException.ConditionFailed.class);
        });
  }

  @Test
  void aVersionedBucketHidesWhatWasDeletedAndTakesItAgain() {
    unless(
        List.of(Deviation.NO_VERSIONING, Deviation.MARKERS_BLOCK_CREATION),
        () -> {
          bucket = backend.newBucket(true);
          ObjectLocation at = create("history", V1);
          ObjectVersion first = look(at).version();
          assertThat(first.writeId()).isNotEmpty();
          ObjectVersion second =
              put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first));
          assertThat(look(at).version().sameAs(second)).isTrue();
          assertThatThrownBy(() -> store.read(ReadRequest.pinned(at, first)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThat(store.observe(at)).isEqualTo(new Observation.Absent(at));
          assertThatThrownBy(() -> store.read(ReadRequest.current(at)))
              .isInstanceOf(StoreException.ObjectNotFound.class);
          assertThat(store.list(ListRequest.first(bucket, "")).objects()).isEmpty();
          put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent());
          assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
        });
  }

  @Test
  void aVersionedBucketTakesNewAttributes() {
    unless(
        Deviation.NO_VERSIONING,
        () -> {
          bucket = backend.newBucket(true);
          ObjectLocation at = create("history", V2);
          ObjectVersion third =
              store.updateAttributes(
                  new AttributesUpdate(look(at), RICH, stamp(at, RICH, V2), Placement.DEFAULT));
          assertThat(look(at).version().sameAs(third)).isTrue();
        });
  }

  @Test
  void aListingOverSeveralPagesIsWholeAndInOrder() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      keys.add("p/" + i);
    }
    keys.add("p/\uff5e");
    keys.add("p/\ud83d\ude00");
    keys.add("p/a b+c%2F");
    keys.forEach(key -> create(key, V1));
    create("other", V1);
    create("q", V1);
    unless(
        Deviation.NO_FURTHER_PAGES,
        () -> {
          List<String> listed = new ArrayList<>();
          ListRequest request = new ListRequest(bucket, "p/", "", 10);
          int pages = 0;
          while (true) {
            ListPage page = store.list(request);
            pages++;
            assertThat(page.objects()).hasSizeLessThanOrEqualTo(10);
            listed.addAll(keys(page));
            if (page.next().isEmpty()) {
              break;
            }
            request = request.after(page.next());
          }
          assertThat(pages).isGreaterThanOrEqualTo(3);
          assertThat(listed).isEqualTo(keys.stream().sorted(KeyOrder.UTF_8).toList());
        });
  }

  @Test
  void aListingTellsSizeAndIdentity() {
    ObjectLocation at = create("listed", V1);
    ObjectSnapshot seen = look(at);
    ListPage.Listed listed = store.list(ListRequest.first(bucket, "")).objects().getFirst();
    assertThat(listed.size()).isEqualTo(V1.length);
    assertThat(listed.identity())
        .isEqualTo(
            backend.cloud() == StoreBackend.Cloud.S3
                ? seen.version().etag()
                : seen.version().writeId());
    assertThat(listed.modified().getEpochSecond()).isEqualTo(seen.modified().getEpochSecond());
  }

  @Test
  void aListingOfAnEmptyBucketIsEmpty() {
    assertThat(store.list(ListRequest.first(bucket, ""))).isEqualTo(new ListPage(List.of(), ""));
  }
}
