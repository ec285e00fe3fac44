package dev.twinbucket.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
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
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.time.TestingClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store in memory promises, flavour by flavour. */
class InMemoryObjectStoreTest {
  private static final BucketLocation BUCKET = new BucketLocation("s3", "bucket");
  private static final ObjectLocation KEY = BUCKET.object("key");
  private static final WriteCondition ABSENT = WriteCondition.ifAbsent();

  private final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T12:00:00.5Z"));
  private final List<Mutation> mutations = new ArrayList<>();

  private InMemoryObjectStore store(Flavour flavour) {
    InMemoryObjectStore store = new InMemoryObjectStore(flavour, clock, mutations::add);
    store.createBucket(BUCKET);
    return store;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPutIsSeenAndRead(Flavour flavour) throws IOException {
    InMemoryObjectStore store = store(flavour);
    ObjectAttributes attributes =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("name", "v\u00e4lue"), Map.of("tag", "t"));

    ObjectVersion version =
        store.put(request(KEY, "content", ABSENT, attributes, Placement.DEFAULT));

    ObjectSnapshot seen = seen(store);
    assertThat(seen.version().sameAs(version)).isTrue();
    assertThat(seen.size()).isEqualTo(7);
    assertThat(seen.crc()).contains(crc("content"));
    assertThat(seen.attributes()).isEqualTo(attributes);
    assertThat(seen.storageClass()).isEqualTo("STANDARD");
    assertThat(read(store, ReadRequest.pinned(KEY, version))).isEqualTo("content");
    assertThat(read(store, ReadRequest.range(KEY, version, 3, 2))).isEqualTo("te");
    assertThat(read(store, ReadRequest.range(KEY, version, 6, 5))).isEqualTo("t");
    assertThat(mutations).containsExactly(new Mutation(KEY, Optional.empty(), Optional.of(seen)));
  }

  @ParameterizedTest
  @EnumSource
  void conditionsHoldOrNothingHappens(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    ObjectVersion first = put(store, "first", ABSENT);
    clock.advance(Duration.ofSeconds(1));
    ObjectVersion second = put(store, "second", WriteCondition.ifUnchanged(first));
    ObjectSnapshot stands = seen(store);

    assertConditionFails(() -> put(store, "late", ABSENT));
    assertConditionFails(() -> put(store, "late", WriteCondition.ifUnchanged(first)));
    assertConditionFails(() -> store.delete(KEY, WriteCondition.ifUnchanged(first)));
    assertConditionFails(() -> read(store, ReadRequest.pinned(KEY, first)));
    assertThat(seen(store)).isEqualTo(stands);

    store.delete(KEY, WriteCondition.ifUnchanged(second));
    assertThat(store.observe(KEY)).isEqualTo(new Observation.Absent(KEY));
    assertConditionFails(() -> store.delete(KEY, WriteCondition.ifUnchanged(second)));
    assertConditionFails(() -> put(store, "late", WriteCondition.ifUnchanged(second)));
    assertThat(mutations).hasSize(3);
  }

  @Test
  void anS3ConditionSeesNothingButBytes() {
    InMemoryObjectStore store = store(Flavour.S3);
    ObjectVersion first = put(store, "same", ABSENT);
    put(store, "same", WriteCondition.ifUnchanged(first));

    put(store, "other", WriteCondition.ifUnchanged(first));

    assertThat(seen(store).crc()).contains(crc("other"));
  }

  @Test
  void aGcsConditionTellsEqualWritesApart() {
    InMemoryObjectStore store = store(Flavour.GCS);
    ObjectVersion first = put(store, "same", ABSENT);
    put(store, "same", WriteCondition.ifUnchanged(first));

    assertConditionFails(() -> put(store, "other", WriteCondition.ifUnchanged(first)));
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatWereDamagedOnTheWayNeverBecomeVisible(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    ByteBuffer damaged = bytes("damaged");
    PutRequest request =
        new PutRequest(
            KEY,
            damaged,
            crc("whole"),
            ObjectAttributes.NONE,
            Optional.empty(),
            ABSENT,
            Placement.DEFAULT);

    assertThatExceptionOfType(StoreException.IntegrityMismatch.class)
        .isThrownBy(() -> store.put(request));
    assertThat(store.observe(KEY).object()).isEmpty();
    assertThat(damaged.remaining()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void attributesChangeWithoutMovingBytes(Flavour flavour) throws IOException {
    InMemoryObjectStore store = store(flavour);
    put(store, "content", ABSENT);
    ObjectSnapshot before = seen(store);
    Provenance stamp =
        new Provenance("origin", ObjectVersion.named("1", "1"), crc("content"), "digest", "id");
    ObjectAttributes attributes =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("a", "b"), Map.of());
    clock.advance(Duration.ofSeconds(1));

    AttributesUpdate update =
        new AttributesUpdate(before, attributes, Optional.of(stamp), Placement.DEFAULT);
    ObjectVersion version = store.updateAttributes(update);

    ObjectSnapshot after = seen(store);
    assertThat(after.version().sameAs(version)).isTrue();
    assertThat(after.version().sameAs(before.version())).isFalse();
    assertThat(after.version().sameWrite(before.version())).isEqualTo(flavour.isGoogle());
    assertThat(after.attributes()).isEqualTo(attributes);
    assertThat(after.provenance()).contains(stamp);
    assertThat(read(store, ReadRequest.pinned(KEY, version))).isEqualTo("content");
    assertThat(after.modified()).isAfter(before.modified());
    if (flavour.isGoogle()) {
      assertConditionFails(() -> store.updateAttributes(update));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasReplacedCanBeHadBackWhereThereAreVersions(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    ObjectVersion first = put(store, "first", ABSENT);
    ObjectVersion second = put(store, "second", WriteCondition.ifUnchanged(first));
    store.delete(KEY, WriteCondition.ifUnchanged(second));

    assertThat(store.noncurrent(KEY).stream().map(ObjectSnapshot::size))
        .isEqualTo(flavour.isVersioned() ? List.of(5L, 6L) : List.of());
  }

  @Test
  void removingADeleteMarkerBringsBackTheVersionThatItHid() {
    InMemoryObjectStore store = store(Flavour.S3_VERSIONED);
    ObjectVersion first = put(store, "first", ABSENT);
    store.delete(KEY, WriteCondition.ifUnchanged(first));

    assertThat(store.undelete(KEY)).isTrue();

    assertThat(store.observe(KEY).object().orElseThrow().version().writeId())
        .isEqualTo(first.writeId());
    assertThat(store.noncurrent(KEY)).isEmpty();
    assertThat(mutations.getLast().before()).isEmpty();
    assertThat(store.undelete(KEY)).as("nothing is hidden any more").isFalse();
  }

  @Test
  void deletingANoncurrentVersionLeavesWhatIsCurrent() {
    InMemoryObjectStore store = store(Flavour.GCS_VERSIONED);
    ObjectVersion first = put(store, "first", ABSENT);
    put(store, "second", WriteCondition.ifUnchanged(first));
    int told = mutations.size();

    assertThat(store.deleteNoncurrent(KEY, first)).isTrue();

    assertThat(store.noncurrent(KEY)).isEmpty();
    assertThat(store.observe(KEY).object().orElseThrow().size()).isEqualTo(6);
    assertThat(mutations).hasSize(told);
    assertThat(store.deleteNoncurrent(KEY, first)).isFalse();
  }

  @Test
  void aListingIsInTheOrderOfUtf8BytesAndComesInPages() {
    InMemoryObjectStore store = store(Flavour.S3);
    List<String> names = List.of("a", "a/", "a/b", "b", "\u00e9", "\uffee", "\ud83d\ude00");
    names.reversed().forEach(name -> put(store, BUCKET.object(name), "x", ABSENT));

    ListPage first = store.list(new ListRequest(BUCKET, "", "", 4));
    ListPage second = store.list(new ListRequest(BUCKET, "", first.next(), 4));

    assertThat(keys(first)).containsExactly("a", "a/", "a/b", "b");
    assertThat(keys(second)).containsExactly("\u00e9", "\uffee", "\ud83d\ude00");
    assertThat(second.next()).isEmpty();
    assertThat(keys(store.list(ListRequest.first(BUCKET, "a/")))).containsExactly("a/", "a/b");
    assertThat(keys(store.list(new ListRequest(BUCKET, "a", "a", 1)))).containsExactly("a/");
    assertThat(keys(store.list(ListRequest.first(BUCKET, "c")))).isEmpty();
  }

  @Test
  void anArchivedObjectIsReadableOnceItIsRestored() throws IOException {
    InMemoryObjectStore store = store(Flavour.S3);
    ObjectVersion version =
        store.put(
            request(KEY, "cold", ABSENT, ObjectAttributes.NONE, new Placement("GLACIER", "", "")));

    assertThat(seen(store).readable()).isFalse();
    assertThatExceptionOfType(StoreException.Archived.class)
        .isThrownBy(() -> store.read(ReadRequest.pinned(KEY, version)));

    store.restore(KEY);
    assertThat(read(store, ReadRequest.pinned(KEY, version))).isEqualTo("cold");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a\nb", "a\rb", ".well-known/acme-challenge/x"})
  void gcsRefusesNamesThatS3Takes(String name) {
    put(store(Flavour.S3), BUCKET.object(name), "x", ABSENT);

    assertThatExceptionOfType(StoreException.InvalidRequest.class)
        .isThrownBy(() -> put(store(Flavour.GCS), BUCKET.object(name), "x", ABSENT));
  }

  @ParameterizedTest
  @EnumSource
  void noCloudTakesANameOfMoreThan1024BytesOrWithoutAUtf8Form(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    put(store, BUCKET.object("n".repeat(1024)), "x", ABSENT);

    for (String name : List.of("n".repeat(1025), "\u00e9".repeat(513), "half \ud83d")) {
      assertThatExceptionOfType(StoreException.InvalidRequest.class)
          .isThrownBy(() -> put(store, BUCKET.object(name), "x", ABSENT));
    }
  }

  @Test
  void aBucketThatNobodyMadeIsNotThere() {
    ObjectLocation elsewhere = new BucketLocation("s3", "other").object("key");

    assertThatExceptionOfType(StoreException.BucketNotFound.class)
        .isThrownBy(() -> store(Flavour.S3).observe(elsewhere));
  }

  @Test
  void anObjectThatIsNotThereCannotBeRead() {
    assertThatExceptionOfType(StoreException.ObjectNotFound.class)
        .isThrownBy(() -> store(Flavour.GCS).read(ReadRequest.current(KEY)));
  }

  @Test
  void deletingWhatMustBeAbsentIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> store(Flavour.GCS).delete(KEY, ABSENT));
  }

  @ParameterizedTest
  @EnumSource
  void equalCallsAtEqualTimesGiveEqualVersions(Flavour flavour) {
    InMemoryObjectStore one = store(flavour);
    InMemoryObjectStore other = store(flavour);

    for (InMemoryObjectStore store : List.of(one, other)) {
      put(store, "second", WriteCondition.ifUnchanged(put(store, "first", ABSENT)));
    }

    assertThat(seen(one)).isEqualTo(seen(other));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Crc32c crc(String text) {
    return Crc32c.of(bytes(text));
  }

  private static PutRequest request(
      ObjectLocation location,
      String content,
      WriteCondition condition,
      ObjectAttributes attributes,
      Placement placement) {
    return new PutRequest(
        location, bytes(content), crc(content), attributes, Optional.empty(), condition, placement);
  }

  private static ObjectVersion put(
      InMemoryObjectStore store, String content, WriteCondition condition) {
    return put(store, KEY, content, condition);
  }

  private static ObjectVersion put(
      InMemoryObjectStore store,
      ObjectLocation location,
      String content,
      WriteCondition condition) {
    return store.put(
        request(location, content, condition, ObjectAttributes.NONE, Placement.DEFAULT));
  }

  private static ObjectSnapshot seen(InMemoryObjectStore store) {
    return store.observe(KEY).object().orElseThrow();
  }

  private static String read(InMemoryObjectStore store, ReadRequest request) throws IOException {
    try (ObjectContent content = store.read(request)) {
      return new String(content.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> keys(ListPage page) {
    return page.objects().stream().map(ListPage.Listed::key).toList();
  }

  private static void assertConditionFails(ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.ConditionFailed.class).isThrownBy(call);
  }
}
