package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.StoreException.InvalidRequest;
import dev.twinbucket.store.WriteCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every store does, whichever server is behind it. A server that deviates declares it; then
 * the same test asserts that it fails, so that a deviation that went away breaks the build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectStoreContract {
  private static final byte[] V1 = bytes("version one");
  private static final byte[] V2 = bytes("version two, which is longer");
  private static final ObjectAttributes RICH =
      new ObjectAttributes(
          new SystemHeaders(
              "text/plain; charset=utf-8",
              "public, max-age=3600",
              "attachment; filename=\"a b.txt\"",
              "",
              "de",
              "Wed, 21 Oct 2026 07:28:00 GMT",
              "/elsewhere",
              "2026-01-02T03:04:05Z"),
          Map.of("colour", "green", "two-words", "a  b; c=d, e"),
          Map.of());

  private final AtomicInteger writes = new AtomicInteger();
  private StoreBackend backend;
  private ObjectStore store;
  private BucketLocation bucket;

  /** Starts the server, or finds it running. */
  abstract StoreBackend start() throws Exception;

  @BeforeAll
  void startBackend() throws Exception {
    backend = start();
    store = backend.store();
  }

  @AfterAll
  void stopBackend() {
    if (backend != null) {
      backend.close();
    }
  }

  @BeforeEach
  void createBucket() {
    bucket = backend.newBucket(false);
  }

  // Presence and absence

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

  // Writes

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

  // Conditions on writes

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

  // Keys

  static List<String> allKeys() {
    return OddKeys.all().toList();
  }

  static List<String> impossibleKeys() {
    return OddKeys.nowhere();
  }

  @ParameterizedTest
  @MethodSource("allKeys")
  void aKeyIsTakenExactlyAsItIs(String key) {
    ObjectLocation at = bucket.object(key);
    if (backend.cloud() == StoreBackend.Cloud.GCS && OddKeys.onlyOnS3().contains(key)) {
      assertRefusedBeforehand(at);
      return;
    }
    fails(
        backend.impossibleKeys().contains(key),
        "the key " + key,
        () -> {
          byte[] content = bytes("content of " + key);
          Provenance stamp = stamp(at, RICH, content);
          ObjectVersion written =
              put(at, content, ObjectAttributes.NONE, WriteCondition.ifAbsent(), stamp);
          assertThat(look(at).version().sameAs(written)).isTrue();
          assertThat(read(ReadRequest.current(at))).isEqualTo(content);
          assertThat(read(ReadRequest.range(at, look(at).version(), 3, 4)))
              .isEqualTo(Arrays.copyOfRange(content, 3, 7));
          assertThat(keys(store.list(ListRequest.first(bucket, "")))).containsExactly(key);
          update(look(at), ObjectAttributes.NONE);
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThat(store.observe(at)).isInstanceOf(Observation.Absent.class);
        });
  }

  @ParameterizedTest
  @MethodSource("impossibleKeys")
  void aKeyThatNoCloudHoldsIsRefusedBeforeAnyRequest(String key) {
    assertRefusedBeforehand(bucket.object(key));
  }

  private void assertRefusedBeforehand(ObjectLocation at) {
    long before = backend.requests().orElse(0);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.observe(at),
            () -> store.read(ReadRequest.current(at)),
            () -> put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent()),
            () -> store.delete(at, WriteCondition.ifUnchanged(someVersion())))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              InvalidRequest.class, e -> assertThat(e.kind()).isEqualTo(InvalidRequest.Kind.KEY));
    }
    assertThat(backend.requests().orElse(0)).isEqualTo(before);
  }

  @Test
  void oddKeysLiveSideBySideAndAreListedInTheOrderOfTheirBytes() {
    List<String> keys =
        OddKeys.portable().stream()
            .filter(key -> !backend.impossibleKeys().contains(key))
            .sorted(KeyOrder.UTF_8)
            .toList();
    keys.forEach(key -> create(key, bytes("content of " + key)));
    unless(
        Deviation.LISTS_ODD_KEYS_WRONGLY,
        () -> assertThat(keys(store.list(ListRequest.first(bucket, "")))).isEqualTo(keys));
    for (String key : keys) {
      assertThat(look(bucket.object(key)).size()).isEqualTo(bytes("content of " + key).length);
    }
  }

  // Attributes

  @Test
  void allSystemHeadersAndMetadataComeBackWithALookAndWithARead() {
    unless(Deviation.LOSES_HEADERS, () -> assertThatAttributesSurvive(RICH));
  }

  @Test
  void metadataThatHeadersCannotCarryComesBackToo() {
    unless(
        Deviation.LOSES_METADATA,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    new SystemHeaders(
                        "text/plain",
                        "",
                        "attachment; filename=\"caf\u00e9.txt\"",
                        "",
                        "",
                        "",
                        "not/a/redirect",
                        "whenever"),
                    Map.of(
                        "name",
                        "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\ude00",
                        "Mixed-Case",
                        "kept",
                        "not a token",
                        "kept",
                        "\u00fcml\u00e4ut",
                        "kept",
                        "blanks",
                        "  around  ",
                        "lines",
                        "a\r\nb\u0000c",
                        "encoded",
                        "=?UTF-8?Q?caf=C3=A9?=",
                        "empty",
                        ""),
                    Map.of())));
  }

  @Test
  void metadataOfTwoKilobytesFitsBesideAStamp() {
    unless(
        Deviation.LOSES_METADATA,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    SystemHeaders.NONE,
                    Map.of("a", "x".repeat(1000), "b", "some words ".repeat(90).strip()),
                    Map.of())));
  }

  @Test
  void metadataThatExceedsTheLimitEvenPackedIsRefusedBeforeAnyRequest() {
    byte[] noise = new byte[12_000];
    new Random(3).nextBytes(noise);
    ObjectAttributes tooLarge =
        new ObjectAttributes(
            SystemHeaders.NONE,
            Map.of("noise", new String(noise, StandardCharsets.ISO_8859_1)),
            Map.of());
    long before = backend.requests().orElse(0);
    assertThatThrownBy(() -> put(bucket.object("heavy"), V1, tooLarge, WriteCondition.ifAbsent()))
        .isInstanceOfSatisfying(
            InvalidRequest.class,
            e -> assertThat(e.kind()).isEqualTo(InvalidRequest.Kind.ATTRIBUTES));
    assertThat(backend.requests().orElse(0)).isEqualTo(before);
  }

  @Test
  void tagsComeBack() {
    unless(
        Deviation.LOSES_TAGS,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    SystemHeaders.NONE,
                    Map.of(),
                    Map.of("team", "blue", "a b+c", "d/e=f:g@h", "none", "", "\u00fc", "\u4f60"))));
  }

  private void assertThatAttributesSurvive(ObjectAttributes attributes) {
    ObjectLocation at = bucket.object("attributes");
    Provenance stamp = stamp(at, attributes, V1);
    ObjectVersion written = put(at, V1, attributes, WriteCondition.ifAbsent(), stamp);
    // A read without a look before it has only its own answer to go by.
    try (ObjectContent content = store.read(ReadRequest.current(at))) {
      assertThat(content.snapshot().attributes()).isEqualTo(attributes);
      assertThat(content.snapshot().provenance()).contains(stamp);
      assertThat(content.snapshot().version().sameAs(written)).isTrue();
    }
    ObjectSnapshot seen = look(at);
    assertThat(seen.attributes()).isEqualTo(attributes);
    assertThat(seen.provenance()).contains(stamp);
    assertThat(seen.version().sameAs(written)).isTrue();
  }

  @Test
  void reservedEntriesOfUsersAreNoAttributes() {
    ObjectLocation at = bucket.object("forged");
    put(
        at,
        V1,
        new ObjectAttributes(
            SystemHeaders.NONE,
            Map.of("twinbucket-stamp", "1;2;3", "twinbucket-more", "x", "own", "y"),
            Map.of()),
        WriteCondition.ifAbsent());
    assertThat(look(at).attributes().userMetadata()).isEqualTo(Map.of("own", "y"));
    assertThat(look(at).provenance()).isEmpty();
  }

  @Test
  void gzippedObjectsAreMovedAsStored() {
    unless(
        Deviation.UNPACKS_GZIP,
        () -> {
          byte[] packed = gzip(bytes("to be packed ".repeat(1000)));
          ObjectAttributes attributes =
              new ObjectAttributes(
                  new SystemHeaders("text/plain", "", "", "gzip", "", "", "", ""),
                  Map.of(),
                  Map.of());
          ObjectLocation at = bucket.object("packed.txt");
          put(at, packed, attributes, WriteCondition.ifAbsent());
          ObjectSnapshot seen = look(at);
          assertThat(seen.size()).isEqualTo(packed.length);
          assertThat(seen.attributes()).isEqualTo(attributes);
          assertThat(read(ReadRequest.current(at))).isEqualTo(packed);
          assertThat(read(ReadRequest.range(at, seen.version(), 5, 20)))
              .isEqualTo(Arrays.copyOfRange(packed, 5, 25));
        });
  }

  @Test
  void attributesAreReplacedWithoutTheBytes() {
    unless(
        Deviation.NO_ATTRIBUTES_IN_PLACE,
        () -> {
          ObjectLocation at = bucket.object("described");
          put(at, V1, RICH, WriteCondition.ifAbsent());
          ObjectSnapshot before = look(at);
          ObjectAttributes next =
              new ObjectAttributes(
                  new SystemHeaders(
                      "text/html", "no-cache", "", "", "", "", "", "2026-01-02T03:04:05Z"),
                  Map.of("colour", "r\u00f6t", "shape", "round"),
                  Map.of());
          Provenance stamp = stamp(at, next, V1);
          ObjectVersion updated =
              store.updateAttributes(new AttributesUpdate(before, next, stamp, Placement.DEFAULT));
          ObjectSnapshot after = look(at);
          assertThat(after.attributes()).isEqualTo(next);
          assertThat(after.provenance()).contains(stamp);
          assertThat(after.version().sameAs(updated)).isTrue();
          assertThat(after.version().sameAs(before.version())).isFalse();
          assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
          ObjectVersion bare =
              store.updateAttributes(
                  new AttributesUpdate(
                      after,
                      new ObjectAttributes(
                          new SystemHeaders("", "", "", "", "", "", "", "2026-01-02T03:04:05Z"),
                          Map.of(),
                          Map.of()),
                      stamp,
                      Placement.DEFAULT));
          ObjectSnapshot atLast = look(at);
          assertThat(atLast.version().sameAs(bare)).isTrue();
          assertThat(atLast.attributes().userMetadata()).isEmpty();
          assertThat(atLast.attributes().system().cacheControl()).isEmpty();
        });
  }

  @Test
  void attributesOfAnotherVersionStayAsTheyAre() {
    unless(
        Deviation.NO_CONDITION_ON_ATTRIBUTES,
        () -> {
          ObjectLocation at = create("moved-on", V1);
          ObjectSnapshot first = look(at);
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first.version()));
          ObjectVersion second = look(at).version();
          assertThatThrownBy(() -> update(first, RICH))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).version()).isEqualTo(second);
          store.delete(at, WriteCondition.ifUnchanged(second));
          assertThatThrownBy(() -> update(first, RICH))
              .isInstanceOf(StoreException.ConditionFailed.class);
        });
  }

  // Reads

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

  // Deletions

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
        Deviation.NO_VERSIONING,
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
          ObjectVersion third =
              store.updateAttributes(
                  new AttributesUpdate(look(at), RICH, stamp(at, RICH, V2), Placement.DEFAULT));
          assertThat(look(at).version().sameAs(third)).isTrue();
          store.delete(at, WriteCondition.ifUnchanged(look(at).version()));
          assertThat(store.observe(at)).isEqualTo(new Observation.Absent(at));
          assertThatThrownBy(() -> store.read(ReadRequest.current(at)))
              .isInstanceOf(StoreException.ObjectNotFound.class);
          assertThat(store.list(ListRequest.first(bucket, "")).objects()).isEmpty();
          put(at, V1, ObjectAttributes.NONE, WriteCondition.ifAbsent());
          assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
        });
  }

  // Listings

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

  // What the tests are made of

  private interface Check {
    void run() throws Exception;
  }

  /** Runs the check, or asserts that it fails if the server declares that deviation. */
  private void unless(Deviation deviation, Check check) {
    fails(backend.deviations().contains(deviation), deviation.name(), check);
  }

  private static void fails(boolean declared, String what, Check check) {
    Throwable failure = null;
    try {
      check.run();
    } catch (Exception | AssertionError e) {
      failure = e;
    }
    if (declared) {
      assertThat(failure)
          .as("%s is declared as a deviation, but works: take it off the list", what)
          .isNotNull();
    } else if (failure != null) {
      throw new AssertionError(what + ": " + failure.getMessage(), failure);
    }
  }

  private ObjectLocation create(String key, byte[] content) {
    ObjectLocation at = bucket.object(key);
    put(at, content, ObjectAttributes.NONE, WriteCondition.ifAbsent());
    return at;
  }

  private ObjectVersion put(
      ObjectLocation at, byte[] content, ObjectAttributes attributes, WriteCondition condition) {
    return put(at, content, attributes, condition, null);
  }

  private ObjectVersion put(
      ObjectLocation at,
      byte[] content,
      ObjectAttributes attributes,
      WriteCondition condition,
      Provenance stamp) {
    return store.put(
        new PutRequest(
            at,
            ByteBuffer.wrap(content),
            crc(content),
            attributes,
            Optional.ofNullable(stamp),
            condition,
            Placement.DEFAULT));
  }

  private static PutRequest request(
      ObjectLocation at, byte[] content, Crc32c crc, WriteCondition condition) {
    return new PutRequest(
        at,
        ByteBuffer.wrap(content),
        crc,
        ObjectAttributes.NONE,
        Optional.empty(),
        condition,
        Placement.DEFAULT);
  }

  private ObjectVersion update(ObjectSnapshot current, ObjectAttributes attributes) {
    return store.updateAttributes(
        new AttributesUpdate(
            current, attributes, stamp(current.location(), attributes, V1), Placement.DEFAULT));
  }

  private ObjectSnapshot look(ObjectLocation at) {
    return store.observe(at).object().orElseThrow(() -> new AssertionError(at + " is absent"));
  }

  private byte[] read(ReadRequest request) throws IOException {
    try (ObjectContent content = store.read(request)) {
      return content.body().readAllBytes();
    }
  }

  private Provenance stamp(ObjectLocation at, ObjectAttributes attributes, byte[] content) {
    return new Provenance(
        Provenance.originOf(at),
        someVersion(),
        crc(content),
        attributes.digest(),
        "write-" + writes.incrementAndGet());
  }

  private ObjectVersion someVersion() {
    return backend.cloud() == StoreBackend.Cloud.S3
        ? new ObjectVersion("", "0123456789abcdef0123456789abcdef", "revision", 1_700_000_000L)
        : ObjectVersion.named("1700000000000000", "1");
  }

  private static List<String> keys(ListPage page) {
    return page.objects().stream().map(ListPage.Listed::key).toList();
  }

  private static Crc32c crc(byte[] content) {
    return Crc32c.of(ByteBuffer.wrap(content));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
