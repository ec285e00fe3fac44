package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What must hold at the instant of a write. */
abstract class ConditionsContract extends WritesContract {
  @Test
  void aConditionalCreationLeavesAloneWhatIsThere() {
    unless(
        Deviation.IGNORES_IF_ABSENT,
        () -> {
          ObjectLocation at = create("there", V1);
          ObjectVersion standing = look(at).version();
          assertThatThrownBy(() -> put(at, V2, ObjectAttributes.NONE, WriteCondition.ifAbsent()))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).version()).isEqualTo(standing);
        });
  }

  @Test
  void aConditionalOverwriteReplacesJustThatVersion() throws IOException {
    ObjectLocation at = create("old", V1);
    ObjectVersion written =
        put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(look(at).version()));
    assertThat(look(at).version().sameAs(written)).isTrue();
    assertThat(read(ReadRequest.current(at))).isEqualTo(V2);
  }

  @Test
  void aConditionalOverwriteLeavesAnotherVersionAlone() {
    unless(
        Deviation.IGNORES_IF_UNCHANGED,
        () -> {
          ObjectLocation at = create("changed", V1);
          ObjectVersion first = look(at).version();
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first));
          assertThatThrownBy(
                  () -> put(at, V1, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).size()).isEqualTo(V2.length);
        });
  }

  @Test
  void aConditionalOverwriteCreatesNothing() {
    unless(
        Deviation.OVERWRITES_THE_ABSENT,
        () -> {
          ObjectLocation at = create("gone", V1);
          ObjectVersion version = look(at).version();
          store.delete(at, WriteCondition.ifUnchanged(version));
          assertThatThrownBy(
                  () -> put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(version)))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  /** S3's condition is the ETag, which a change of metadata leaves as it is. */
  @Test
  void onGcsAConditionalOverwriteSeesAChangeOfMetadata() {
    ObjectLocation at = create("metadata-changed", V1);
    ObjectSnapshot first = look(at);
    update(first, RICH);
    if (backend.cloud() == StoreBackend.Cloud.S3) {
      put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first.version()));
      return;
    }
    unless(
        Deviation.IGNORES_METADATA_IN_CONDITIONS,
        () ->
            assertThatThrownBy(
                    () ->
                        put(
                            at,
                            V2,
                            ObjectAttributes.NONE,
                            WriteCondition.ifUnchanged(first.version())))
                .isInstanceOf(StoreException.ConditionFailed.class));
  }

  @Test
  void ofTenCreationsAtOnceExactlyOneSucceeds() {
    unless(
        Deviation.RACES_ON_CREATE,
        () -> {
          ObjectLocation at = bucket.object("race");
          assertThat(winnersOfTen(at, WriteCondition.ifAbsent())).isEqualTo(1);
        });
  }

  @Test
  void ofTenOverwritesAtOnceExactlyOneSucceeds() {
    unless(
        Deviation.RACES_ON_OVERWRITE,
        () -> {
          ObjectLocation at = create("race", V1);
          assertThat(winnersOfTen(at, WriteCondition.ifUnchanged(look(at).version()))).isEqualTo(1);
        });
  }

  private int winnersOfTen(ObjectLocation at, WriteCondition condition) {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] content = bytes("writer " + i);
      writers.add(
          () -> {
            try {
              put(at, content, ObjectAttributes.NONE, condition);
              return true;
            } catch (StoreException.ConditionFailed lost) {
              return false;
            } catch (StoreException.Throttled | StoreException.Unavailable unclear) {
              return false;
            }
          });
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        winners += writer.get() ? 1 : 0;
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return winners;
  }
}
