package dev.twinbucket.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.state.FaultyObjectStore.Fault;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import dev.twinbucket.time.TestingClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows as objects cost, and what becomes of them when calls break. */
class ObjectStateStoreFaultsTest {
  private static final BucketLocation BUCKET = new BucketLocation("s3", "state-bucket");
  private static final String PREFIX = ".twinbucket/state/";
  private static final String KEY = "rule/some key";
  private static final Optional<StateRow> NONE = Optional.empty();
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final Capabilities ALL = new Capabilities(true, true, true, true, false, 1 << 20);

  private final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final InMemoryObjectStore objects = new InMemoryObjectStore(Flavour.S3, clock);
  private final FaultyObjectStore store = new FaultyObjectStore(objects, ALL);
  private final StateStore rows = rowsOn(store);

  private StateStore rowsOn(FaultyObjectStore over) {
    return new ObjectStateStore(over, BUCKET, PREFIX, clock, new Random(42));
  }

  @BeforeEach
  void createBucket() {
    objects.createBucket(BUCKET);
  }

  @Test
  void aReadIsOneRequestAndAWriteIsOne() {
    StateRow row = create("first");
    StateRow next = replace(row, "second").orElseThrow();
    rows.read(KEY);
    rows.remove(KEY, next);

    assertThat(store.calls()).containsExactly("put", "put", "read", "put", "delete");
    assertThat(listing()).isEmpty();
  }

  @Test
  void nothingOutsideThePrefixIsEverTouched() {
    for (String key : List.of("../escape", "/", "a/../../b", "\u0000", "s3://other/bucket")) {
      StateRow row = rows.compareAndSet(key, NONE, "value", NEVER).orElseThrow();
      rows.read(key);
      rows.remove(key, row);
    }

    assertThat(store.touched())
        .isNotEmpty()
        .allSatisfy(
            touched -> {
              assertThat(touched.bucket()).isEqualTo(BUCKET);
              assertThat(touched.key()).matches("\\.twinbucket/state/[0-9a-f]{2}/[0-9a-f]{62}");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ANSWER_LOST", "RETRIED"})
  void aWriteWhoseAnswerWasLostIsRecognisedAsOurs(Fault fault) {
    store.next(fault);
    StateRow created = create("first");
    assertThat(rows.read(KEY)).contains(created);

    store.next(fault);
    StateRow replaced = replace(created, "second").orElseThrow();
    assertThat(rows.read(KEY)).contains(replaced);

    store.next(fault);
    assertThat(rows.remove(KEY, replaced)).isTrue();
    assertThat(rows.read(KEY)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ANSWER_LOST", "RETRIED"})
  void aRowPutInTheExpiredOnesPlaceIsRecognisedAsOursToo(Fault fault) {
    rows.compareAndSet(KEY, NONE, "old", Optional.of(clock.instant().plusSeconds(1)));
    clock.advance(Duration.ofSeconds(2));

    store.next(Fault.NONE, Fault.NONE, fault);
    StateRow created = create("new");

    assertThat(rows.read(KEY)).contains(created);
  }

  @Test
  void aWriteThatMayStillArriveIsNotKnown() {
    StateRow row = create("first");
    store.next(Fault.LOST);

    assertUnknown(() -> replace(row, "second"));
    assertThat(rows.read(KEY)).contains(row);
  }

  @Test
  void aWriteIsNotKnownWhenTheLookAfterItFailsToo() {
    store.next(Fault.ANSWER_LOST, Fault.LOST);

    assertUnknown(() -> create("first"));
    assertThat(rows.read(KEY))
        .hasValueSatisfying(row -> assertThat(row.value()).isEqualTo("first"));
  }

  @Test
  void aReadWithoutAnAnswerIsNotAnAbsence() {
    create("first");
    store.next(Fault.LOST);

    assertUnknown(() -> rows.read(KEY));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST", "ANSWER_LOST", "RETRIED"})
  void aRemovalIsDoneEvenIfItsObjectStays(Fault fault) {
    StateRow row = create("first");
    store.next(Fault.NONE, fault);

    assertThat(rows.remove(KEY, row)).isTrue();
    assertThat(rows.read(KEY)).isEmpty();
    assertThat(rows.remove(KEY, row)).isFalse();
    StateRow again = create("again");
    assertThat(rows.read(KEY)).contains(again);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "{}",
        "{\"format\":\"twinbucket-row-1\"}",
        "{\"format\":\"twinbucket-row-2\",\"key\":\"rule/some key\",\"nonce\":\"n\",\"value\":\"\"}",
        "{\"format\":\"twinbucket-row-1\",\"key\":\"another key\",\"nonce\":\"n\",\"value\":\"\"}",
        "{\"format\":\"twinbucket-row-1\",\"key\":\"rule/some key\",\"value\":\"\"}",
        "{\"format\":\"twinbucket-row-1\",\"key\":\"rule/some key\",\"nonce\":\"n\"}",
        "{\"format\":\"twinbucket-row-1\",\"key\":\"rule/some key\",\"nonce\":\"n\",\"value\":\"\","
            + "\"expires\":\"soon\"}",
        "{\"format\":\"twinbucket-row-1\",\"key\":\"rule/some key\",\"nonce\":\"n\",\"value\":\"\","
            + "\"removed\":true}"
      })
  void anObjectThatIsNotTheRowIsReportedAndLeftAsItIs(String body) {
    StateRow row = create("first");
    ObjectLocation place = store.touched().getFirst();
    replaceByHand(place, body);

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> rows.read(KEY))
        .withMessageContaining(place.key());
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> create("second"));
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> replace(row, "second"));
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> rows.remove(KEY, row));
    assertThat(listing())
        .singleElement()
        .satisfies(object -> assertThat(object.size()).isEqualTo(body.length()));
  }

  @Test
  void closingTheRowsLeavesTheStoreOpen() {
    rows.close();

    assertThat(create("still works").value()).isEqualTo("still works");
  }

  @Test
  void aRevisionOfAnotherKindOfStoreIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replace(new StateRow("value", "17"), "next"));
  }

  @Test
  void aStoreThatIgnoresConditionsIsRefused() {
    FaultyObjectStore careless =
        new FaultyObjectStore(objects, new Capabilities(false, true, true, true, false, 1 << 20));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> rowsOn(careless))
        .withMessageContaining("conditional writes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "state", ".twinbucket"})
  void aPrefixThatCouldMeetOtherNamesIsRefused(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectStateStore(store, BUCKET, prefix, clock, new Random(1)))
        .withMessageContaining("slash");
  }

  private static void assertUnknown(Runnable call) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(call::run)
        .withMessageContaining("state-bucket")
        .withMessageContaining("connection");
  }

  private StateRow create(String value) {
    return rows.compareAndSet(KEY, NONE, value, NEVER).orElseThrow();
  }

  private Optional<StateRow> replace(StateRow row, String value) {
    return rows.compareAndSet(KEY, Optional.of(row), value, NEVER);
  }

  private List<ListPage.Listed> listing() {
    return objects.list(ListRequest.first(BUCKET, "")).objects();
  }

  private void replaceByHand(ObjectLocation place, String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    objects.put(
        new PutRequest(
            place,
            bytes,
            Crc32c.of(bytes),
            ObjectAttributes.NONE,
            Optional.empty(),
            WriteCondition.ifUnchanged(objects.observe(place).object().orElseThrow().version()),
            Placement.DEFAULT));
  }
}
