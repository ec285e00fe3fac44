package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Absence, and whole objects that are written. */
abstract class WritesContract extends StoreFixture {
  @Test
  void anObjectThatIsNotThereIsAbsent() {
    ObjectLocation at = bucket.object("nothing");
    assertThat(store.observe(at)).isEqualTo(new Observation.Absent(at));
    assertThatThrownBy(() -> store.read(ReadRequest.current(at)))
        .isInstanceOf(StoreException.ObjectNotFound.class);
    assertThatThrownBy(() -> store.read(ReadRequest.pinned(at, someVersion())))
        .isInstanceOf(StoreException.ObjectNotFound.class);
  }

  @Test
  void aBucketThatIsNotThereIsNoAbsence() {
    unless(
        Deviation.HIDES_MISSING_BUCKET,
        () -> {
          BucketLocation nowhere = new BucketLocation(bucket.store(), "no-such-bucket-here");
          ObjectLocation at = nowhere.object("key");
          for (ThrowingCallable call :
              List.<ThrowingCallable>of(
                  () -> store.observe(at),
                  () -> store.read(ReadRequest.current(at)),
                  () -> put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent()),
                  () -> store.list(ListRequest.first(nowhere, "")))) {
            assertThatThrownBy(call).isInstanceOf(StoreException.BucketNotFound.class);
          }
        });
  }

  @Test
  void aNewObjectIsWrittenWithEverythingInOneRequest() throws IOException {
    ObjectLocation at = bucket.object("new");
    Provenance stamp = stamp(at, ObjectAttributes.NONE, V1);
    long before = backend.requests().orElse(0);
    ObjectVersion written = put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent(), stamp);
    long afterPut = backend.requests().orElse(1);
    ObjectSnapshot seen = look(at);
    assertThat(seen.version().sameAs(written)).as("%s as written %s", seen, written).isTrue();
    assertThat(seen.size()).isEqualTo(V1.length);
    assertThat(seen.provenance()).contains(stamp);
    assertThat(seen.attributes()).isEqualTo(ObjectAttributes.NONE);
    assertThat(seen.storageClass()).isEqualTo("STANDARD");
    assertThat(seen.readable()).isTrue();
    assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
    if (backend.requests().isPresent()) {
      unless(Deviation.MORE_REQUESTS, () -> assertThat(afterPut - before).isEqualTo(1));
    }
  }

  @Test
  void theChecksumComesBackWithALookAndWithARead() {
    ObjectLocation at = create("checked", V1);
    unless(
        Deviation.KEEPS_NO_CRC32C,
        () -> {
          assertThat(look(at).crc()).contains(crc(V1));
          try (ObjectContent content = store.read(ReadRequest.current(at))) {
            assertThat(content.snapshot().crc()).contains(crc(V1));
          }
        });
  }

  @Test
  void bytesThatAreNotTheAnnouncedOnesNeverBecomeVisible() {
    unless(
        Deviation.ACCEPTS_WRONG_CHECKSUM,
        () -> {
          ObjectLocation at = bucket.object("damaged");
          assertThatThrownBy(() -> store.put(request(at, V1, crc(V2), WriteCondition.ifAbsent())))
              .isInstanceOf(StoreException.IntegrityMismatch.class);
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
          ObjectLocation standing = create("standing", V1);
          ObjectVersion version = look(standing).version();
          assertThatThrownBy(
                  () ->
                      store.put(
                          request(standing, V2, crc(V1), WriteCondition.ifUnchanged(version))))
              .isInstanceOf(StoreException.IntegrityMismatch.class);
          assertThat(look(standing).version()).isEqualTo(version);
        });
  }

  @Test
  void noBytesAtAllAreAnObjectToo() throws IOException {
    ObjectLocation at = create("empty", new byte[0]);
    assertThat(look(at).size()).isZero();
    assertThat(read(ReadRequest.current(at))).isEmpty();
    put(at, V1, ObjectAttributes.NONE, WriteCondition.ifUnchanged(look(at).version()));
    assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
  }

  @Test
  void aPartOfABufferOnOrOffTheHeapIsSentAsItIs() throws IOException {
    ByteBuffer slice = ByteBuffer.wrap(bytes("xx" + "version one" + "yy")).slice(2, V1.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(V1.length + 2).put(1, V1);
    direct.position(1).limit(1 + V1.length);
    for (ByteBuffer content : List.of(slice, direct)) {
      ObjectLocation at = bucket.object("buffer-" + content.isDirect());
      int position = content.position();
      store.put(
          new PutRequest(
              at,
              content,
              crc(V1),
              ObjectAttributes.NONE,
              Optional.empty(),
              WriteCondition.ifAbsent(),
              Placement.DEFAULT));
      assertThat(content.position()).isEqualTo(position);
      assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
    }
  }

  @Test
  void aLargerObjectArrivesWhole() throws IOException {
    byte[] large = new byte[3_000_000];
    new Random(7).nextBytes(large);
    ObjectLocation at = create("large", large);
    assertThat(read(ReadRequest.current(at))).isEqualTo(large);
    assertThat(read(ReadRequest.range(at, look(at).version(), 1_234_567, 1_000_001)))
        .isEqualTo(Arrays.copyOfRange(large, 1_234_567, 2_234_568));
  }

  @Test
  void twoWritesOfEqualBytesAreTwoVersions() {
    ObjectLocation at = bucket.object("twice");
    ObjectVersion first =
        put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent(), stamp(at, RICH, V1));
    ObjectVersion second =
        put(
            at,
            V1,
            ObjectAttributes.NONE,
            WriteCondition.ifUnchanged(look(at).version()),
            stamp(at, RICH, V1));
    assertThat(second.sameAs(first)).isFalse();
    assertThat(look(at).version().sameAs(second)).isTrue();
    assertThat(look(at).version().sameAs(first)).isFalse();
  }
}
