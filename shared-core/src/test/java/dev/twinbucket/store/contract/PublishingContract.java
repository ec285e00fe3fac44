package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How uploads end: published under a condition, once, or aborted. */
abstract class PublishingContract extends UploadsContract {
  @Test
  void aCompletionIfAbsentLeavesAloneWhatIsThereAndCanBeTriedUnderAnotherCondition() {
    uploads(
        Deviation.COMPLETES_OVER_WHAT_IS_THERE,
        () -> {
          ObjectLocation at = create("taken", V1);
          ObjectVersion standing = look(at).version();
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          assertThatThrownBy(() -> complete(upload, parts, WriteCondition.ifAbsent()))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).version()).isEqualTo(standing);

          ObjectVersion written = complete(upload, parts, WriteCondition.ifUnchanged(standing));
          assertThat(look(at).version().sameAs(written)).isTrue();
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void aCompletionIfUnchangedLeavesAnotherVersionAlone() {
    uploads(
        Deviation.COMPLETES_OVER_ANOTHER_VERSION,
        () -> {
          ObjectLocation at = create("changed", V1);
          ObjectVersion first = look(at).version();
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first));
          assertThatThrownBy(() -> complete(upload, parts, WriteCondition.ifUnchanged(first)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).size()).isEqualTo(V2.length);

          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThatThrownBy(() -> complete(upload, parts, WriteCondition.ifUnchanged(first)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
          uploads().abort(upload);
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void aSecondCompletionNeverPublishesAgain() {
    uploads(
        Deviation.FAILS_ON_LOST_UPLOADS,
        () -> {
          ObjectLocation at = bucket.object("once");
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          ObjectVersion written = complete(upload, parts, WriteCondition.ifAbsent());
          again(upload, parts).ifPresent(told -> assertThat(told.sameAs(written)).isTrue());
          assertThat(look(at).version().sameAs(written)).isTrue();
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          again(upload, parts);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  /** Some stores give the same answer for a while, others say that there is no such upload. */
  private Optional<ObjectVersion> again(Upload upload, List<UploadedPart> parts) {
    try {
      return Optional.of(complete(upload, parts, WriteCondition.ifAbsent()));
    } catch (StoreException.UploadNotFound | StoreException.ConditionFailed late) {
      return Optional.empty();
    }
  }

  @Test
  void ofTenCompletersAtOnceExactlyOnePublishes() {
    uploads(
        () -> {
          ObjectLocation at = bucket.object("race");
          Provenance stamp = stamp(at, RICH, WHOLE);
          Upload upload = begin(at, RICH, Optional.of(stamp));
          List<UploadedPart> parts = sendAll(upload);
          List<Callable<Optional<ObjectVersion>>> completers = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            completers.add(
                () -> {
                  try {
                    return Optional.of(
                        complete(
                            upload, parts, RICH, Optional.of(stamp), WriteCondition.ifAbsent()));
                  } catch (StoreException.UploadNotFound
                      | StoreException.ConditionFailed
                      | StoreException.Unavailable late) {
                    return Optional.empty();
                  }
                });
          }
          List<ObjectVersion> published = new ArrayList<>();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<ObjectVersion>> completer : threads.invokeAll(completers)) {
              completer.get().ifPresent(published::add);
            }
          }
          ObjectVersion standing = look(at).version();
          assertThat(published).isNotEmpty().allMatch(told -> told.sameAs(standing));
          assertThat(look(at).provenance()).contains(stamp);
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
          assertThat(keys(store.list(ListRequest.first(bucket, "")))).containsExactly("race");
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void whatWasAbortedIsGoneAndStaysSo() {
    uploads(
        Deviation.FAILS_ON_LOST_UPLOADS,
        () -> {
          ObjectLocation at = bucket.object("aborted");
          Upload upload = begin(at);
          List<UploadedPart> parts = sendAll(upload);
          uploads().abort(upload);
          uploads().abort(upload);
          for (ThrowingCallable call :
              List.<ThrowingCallable>of(
                  () -> uploads().parts(upload),
                  () -> send(upload, 1, V1),
                  () -> complete(upload, parts, WriteCondition.ifAbsent()))) {
            assertThatThrownBy(call).isInstanceOf(StoreException.UploadNotFound.class);
          }
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void anAbortLeavesTheDestinationAlone() {
    uploads(
        () -> {
          ObjectLocation at = create("standing", V1);
          ObjectSnapshot standing = look(at);
          uploads().abort(begin(at));
          assertThat(look(at)).isEqualTo(standing);
        });
  }

  @Test
  void openUploadsAreListedAndCanBeAbortedFromTheList() {
    uploads(
        () -> {
          Upload one = begin(bucket.object("dir/a b\u00e9"));
          begin(bucket.object("other"));
          List<OpenUploads.Open> open = open();
          assertThat(open).hasSize(2);
          assertThat(open.stream().map(upload -> upload.upload().staging()))
              .contains(one.staging());
          assertThat(
                  uploads().open(bucket, one.staging().key(), Optional.empty()).uploads().stream()
                      .map(upload -> upload.upload().id()))
              .containsExactly(one.id());
          open.forEach(upload -> uploads().abort(upload.upload()));
          assertThat(open()).isEmpty();
        });
  }

  @Test
  void anOpenUploadTellsWhenItWasBegun() {
    uploads(
        Deviation.FORGETS_BEGINNINGS,
        () -> {
          Instant before = Instant.now().minusSeconds(60);
          begin(bucket.object("begun"));
          assertThat(open()).hasSize(1).allMatch(upload -> upload.begun().isAfter(before));
        });
  }

  @Test
  void aVersionedBucketTakesUploadsToo() {
    uploads(
        Deviation.NO_VERSIONING,
        () -> {
          bucket = backend.newBucket(true);
          ObjectLocation at = create("history", V1);
          Upload upload = begin(at);
          ObjectVersion written =
              complete(upload, sendAll(upload), WriteCondition.ifUnchanged(look(at).version()));
          assertThat(written.writeId()).isNotEmpty();
          assertThat(look(at).version().sameAs(written)).isTrue();
          assertThat(read(ReadRequest.current(at))).isEqualTo(WHOLE);
        });
  }
}
