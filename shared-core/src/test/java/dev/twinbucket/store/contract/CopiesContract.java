package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Copies that the store makes by itself. */
abstract class CopiesContract extends ListingsContract {
  @Test
  void aCopyHasTheBytesAndTheAttributesAndNoStamp() throws IOException {
    unless(
        Deviation.NO_COPIES,
        () -> {
          ObjectLocation at = bucket.object("original");
          Provenance stamp = stamp(at, RICH, V1);
          put(at, V1, RICH, WriteCondition.ifAbsent(), stamp);
          ObjectSnapshot original = look(at);
          ObjectLocation target = bucket.object(".twinbucket/conflicts/a b+c/\u00e9");
          ObjectVersion written = store.copyWithin(original, target);
          ObjectSnapshot copy = look(target);
          assertThat(copy.version().sameAs(written)).as("%s as written %s", copy, written).isTrue();
          assertThat(copy.attributes()).isEqualTo(original.attributes());
          assertThat(copy.provenance()).isEmpty();
          assertThat(copy.storageClass()).isEqualTo(original.storageClass());
          assertThat(read(ReadRequest.current(target))).isEqualTo(V1);
          assertThat(look(at)).isEqualTo(original);
        });
  }

  @Test
  void aCopyLeavesAloneWhatIsThere() {
    unless(
        Deviation.COPIES_WITHOUT_CONDITION,
        () -> {
          ObjectSnapshot original = look(create("original", V1));
          ObjectLocation target = create("taken", V2);
          ObjectVersion standing = look(target).version();
          assertThatThrownBy(() -> store.copyWithin(original, target))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(target).version()).isEqualTo(standing);
        });
  }

  @Test
  void aCopyIsOfJustThatVersion() {
    unless(
        Deviation.COPIES_ANOTHER_VERSION,
        () -> {
          ObjectLocation at = create("original", V1);
          ObjectSnapshot first = look(at);
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first.version()));
          ObjectLocation target = bucket.object("target");
          assertThatThrownBy(() -> store.copyWithin(first, target))
              .isInstanceOf(StoreException.ConditionFailed.class);
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThatThrownBy(() -> store.copyWithin(first, target))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(store.observe(target)).isInstanceOf(Observation.Absent.class);
        });
  }

  @Test
  void aCopyIntoAnotherBucketIsAMistake() {
    ObjectSnapshot original = look(create("original", V1));
    assertThatThrownBy(() -> store.copyWithin(original, backend.newBucket(false).object("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
