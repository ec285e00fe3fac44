package dev.twinbucket.state.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.twinbucket.local.dynamodb.LocalDynamoDb;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.state.StateStoreContract;
import dev.twinbucket.time.TestingClock;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Rows as items, through the SDK over HTTP: the contract, the requests, and broken calls. */
class DynamoDbStateStoreTest {
  private static final String TABLE = "state-table";
  private static final String KEY = "rule/some key";
  private static final Optional<StateRow> NONE = Optional.empty();
  private static final Optional<Instant> NEVER = Optional.empty();
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
  private static final Fault LOST = new Fault.LoseAnswer();
  private static final Fault DOWN = answer(500, "InternalServerError");
  private static final Fault THROTTLED = answer(400, "ThrottlingException");

  private final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private LocalDynamoDb server;
  private StateStore rows;

  private static Fault answer(int status, String type) {
    return new Fault.Answer(
        status, Map.of(), "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"}");
  }

  private static LocalDynamoDb serverWithTable() {
    LocalDynamoDb server = LocalDynamoDb.start();
    server.createTable(TABLE, "pk");
    return server;
  }

  private static DynamoDbClient client(LocalDynamoDb server) {
    return DynamoDbClients.builder(Optional.of("eu-central-1"), KEYS)
        .endpointOverride(URI.create(server.endpoint()))
        .build();
  }

  private static StateStore rows(LocalDynamoDb server, Clock clock) {
    return new DynamoDbStateStore(client(server), KEYS, TABLE, clock, new Random(42));
  }

  @BeforeEach
  void start() {
    server = serverWithTable();
    rows = rows(server, clock);
  }

  @AfterEach
  void stop() {
    rows.close();
    server.close();
  }

  @Nested
  class Contract extends StateStoreContract {
    @Override
    protected StateStore open(Clock contractClock) {
      return rows(server, contractClock);
    }
  }

  @Test
  void aReadIsOneRequestAndSoIsEveryWrite() {
    StateRow row = create("first");
    rows.compareAndSet(KEY, NONE, "refused", NEVER);
    StateRow next = rows.compareAndSet(KEY, Optional.of(row), "second", NEVER).orElseThrow();
    rows.read(KEY);
    rows.remove(KEY, next);

    assertThat(server.requests()).isEqualTo(Map.of("GetItem", 1L, "PutItem", 4L));
  }

  @Test
  void anItemHoldsWhatTheTablesTimeToLiveNeeds() {
    rows.compareAndSet(KEY, NONE, "text", Optional.of(Instant.ofEpochSecond(1_900_000_000)));

    Map<String, AttributeValue> item = item();

    assertThat(item.keySet()).containsExactlyInAnyOrder("pk", "rev", "body", "expiresAt");
    assertThat(item.get("pk").s()).isEqualTo(KEY);
    assertThat(item.get("body").s()).isEqualTo("text");
    assertThat(item.get("expiresAt").n()).isEqualTo("1900000000");
  }

  @Test
  void aRemovedRowIsLeftToTheTablesTimeToLive() {
    rows.remove(KEY, create("text"));

    assertThat(Long.parseLong(item().get("expiresAt").n()))
        .isEqualTo(clock.instant().getEpochSecond());
  }

  @Test
  void aWriteThatTheSdkSentTwiceIsRecognisedAsOurs() {
    server.faults().on("POST", "/").times(1).inject(LOST);
    StateRow created = create("first");
    server.faults().on("POST", "/").times(1).inject(LOST);
    StateRow replaced =
        rows.compareAndSet(KEY, Optional.of(created), "second", NEVER).orElseThrow();
    assertThat(rows.read(KEY)).contains(replaced);
    server.faults().on("POST", "/").times(1).inject(LOST);

    assertThat(rows.remove(KEY, replaced)).isTrue();
    assertThat(rows.read(KEY)).isEmpty();
    assertThat(server.requests().get("PutItem")).isEqualTo(6);
  }

  @Test
  void aWriteWhoseAnswersAreAllLostIsRecognisedByLooking() {
    server.faults().on("POST", "/").times(attempts()).inject(LOST);

    StateRow created = create("first");

    assertThat(rows.read(KEY)).contains(created);
  }

  @Test
  void aWriteThatMayStillArriveIsNotKnown() {
    server.faults().on("POST", "/").times(attempts()).inject(DOWN);

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> create("first"))
        .withMessageContaining(TABLE);
    assertThat(rows.read(KEY)).isEmpty();
  }

  @Test
  void aThrottledCallIsNotKnownEither() {
    server.faults().on("POST", "/").always().inject(THROTTLED);

    assertThatExceptionOfType(StateException.class).isThrownBy(() -> create("first"));
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> rows.read(KEY));
  }

  @Test
  void aTableThatIsNotThereIsNotAnAbsentRow() {
    try (StateStore elsewhere =
        new DynamoDbStateStore(client(server), KEYS, "other-table", clock, new Random(1))) {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> elsewhere.read(KEY))
          .withMessageContaining("other-table");
    }
  }

  @Test
  void anItemOfSomebodyElseIsReportedAndLeftAsItIs() {
    Map<String, AttributeValue> foreign =
        Map.of("pk", AttributeValue.fromS(KEY), "colour", AttributeValue.fromS("green"));
    try (DynamoDbClient client = client(server)) {
      client.putItem(put -> put.tableName(TABLE).item(foreign));
    }

    assertThatExceptionOfType(StateException.class).isThrownBy(() -> rows.read(KEY));
    assertThat(rows.compareAndSet(KEY, NONE, "text", NEVER)).isEmpty();
    assertThat(item()).isEqualTo(foreign);
  }

  @Test
  void theEndpointIsTheSdksOwnChoice() {
    System.setProperty("aws.endpointUrlDynamoDb", server.endpoint());
    try (StateStore opened =
        DynamoDbStateStore.open(TABLE, Optional.of("eu-central-1"), KEYS, clock, new Random(7))) {
      StateRow row = opened.compareAndSet(KEY, NONE, "text", NEVER).orElseThrow();

      assertThat(rows.read(KEY)).contains(row);
    } finally {
      System.clearProperty("aws.endpointUrlDynamoDb");
    }
  }

  /** How often the SDK sends a call that nobody answers; one more would break the next call. */
  private long attempts() {
    FaultScript.Rule broken = server.faults().on("POST", "/").always().inject(DOWN);
    assertThatExceptionOfType(DynamoDbException.class).isThrownBy(this::item);
    server.faults().clear();
    return broken.fired();
  }

  private StateRow create(String value) {
    return rows.compareAndSet(KEY, NONE, value, NEVER).orElseThrow();
  }

  private Map<String, AttributeValue> item() {
    try (DynamoDbClient client = client(server)) {
      return client
          .getItem(get -> get.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS(KEY))))
          .item();
    }
  }
}
