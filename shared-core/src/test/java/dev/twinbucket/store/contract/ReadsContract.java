package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Reads of the whole and of ranges, pinned or not. */
abstract class ReadsContract extends AttributesContract {
  @Test
  void aReadTakesOneRequestAndTellsWhatALookTells() {
    ObjectLocation at = create("one-request", V1);
    long before = backend.requests().orElse(0);
    ObjectSnapshot told;
    try (ObjectContent content = store.read(ReadRequest.current(at))) {
      told = content.snapshot();
    }
    long after = backend.requests().orElse(1);
    if (backend.requests().isPresent()) {
      unless(Deviation.MORE_REQUESTS, () -> assertThat(after - before).isEqualTo(1));
    }
    ObjectSnapshot seen = look(at);
    assertThat(told.version()).isEqualTo(seen.version());
    assertThat(told.attributes()).isEqualTo(seen.attributes());
    assertThat(told.size()).isEqualTo(seen.size());
    assertThat(told.modified()).isEqualTo(seen.modified());
  }

  @Test
  void aPinnedReadGivesJustThatVersion() throws IOException {
    ObjectLocation at = create("pinned", V1);
    assertThat(read(ReadRequest.pinned(at, look(at).version()))).isEqualTo(V1);
  }

  @Test
  void aPinnedReadOfAnotherVersionIsRefused() {
    ObjectLocation at = create("repinned", V1);
    ObjectVersion first = look(at).version();
    put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first));
    assertThatThrownBy(() -> store.read(ReadRequest.pinned(at, first)))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThatThrownBy(() -> store.read(ReadRequest.range(at, first, 1, 2)))
        .isInstanceOf(StoreException.ConditionFailed.class);
  }

  @Test
  void aPinnedReadOfTheWholeSeesAChangeOfMetadata() {
    ObjectLocation at = create("relabelled", V1);
    ObjectSnapshot first = look(at);
    update(first, RICH);
    unless(
        Deviation.IGNORES_METADATA_IN_CONDITIONS,
        () ->
            assertThatThrownBy(() -> store.read(ReadRequest.pinned(at, first.version())))
                .isInstanceOf(StoreException.ConditionFailed.class));
  }

  @Test
  void rangesAreExact() {
    ObjectLocation at = create("ranges", V1);
    ObjectVersion version = look(at).version();
    unless(
        Deviation.MISREADS_RANGES,
        () -> {
          assertThat(read(ReadRequest.range(at, version, 0, 3))).isEqualTo(bytes("ver"));
          assertThat(read(ReadRequest.range(at, version, 8, 3))).isEqualTo(bytes("one"));
          assertThat(read(ReadRequest.range(at, version, 8, 100))).isEqualTo(bytes("one"));
          assertThat(read(ReadRequest.range(at, version, 8, ReadRequest.TO_THE_END)))
              .isEqualTo(bytes("one"));
          assertThat(read(ReadRequest.range(at, version, 0, V1.length))).isEqualTo(V1);
          assertThatThrownBy(() -> store.read(ReadRequest.range(at, version, V1.length, 1)))
              .isInstanceOf(StoreException.class);
          try (ObjectContent part = store.read(ReadRequest.range(at, version, 3, 3))) {
            assertThat(part.snapshot().size()).isEqualTo(V1.length);
            assertThat(part.snapshot().version().sameAs(version)).isTrue();
          }
        });
  }

  @Test
  void aReadThatIsGivenUpLeavesTheStoreUsable() throws IOException {
    ObjectLocation at = create("abandoned", new byte[2_000_000]);
    for (int i = 0; i < 20; i++) {
      try (ObjectContent content = store.read(ReadRequest.current(at))) {
        assertThat(content.body().read()).isZero();
      }
    }
    assertThat(look(at).size()).isEqualTo(2_000_000);
  }
}
