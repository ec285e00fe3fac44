package dev.twinbucket.state.dynamodb;

import dev.twinbucket.credentials.RenewableCredentials;
import dev.twinbucket.state.Nonces;
import dev.twinbucket.state.RowLimits;
import dev.twinbucket.state.StateException;
import dev.twinbucket.state.StateRow;
import dev.twinbucket.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Rows as items of one table: partition key {@code pk} (a string), attributes {@code rev} and
 * {@code body} (strings), and {@code expiresAt} (seconds since the epoch, the attribute for which
 * the table's time to live is to be switched on). A read is one consistent read, a write one
 * conditional put, whether or not somebody else came first.
 *
 * <p>A removal is a conditional put of an item that says so and has expired, which the table's time
 * to live then drops at no cost. An outright deletion could not be told from somebody else's when
 * its answer is lost.
 */
public final class DynamoDbStateStore implements StateStore {
  private static final String ALIVE =
      "(attribute_not_exists(expiresAt) OR expiresAt > :now) AND attribute_not_exists(removed)";
  private static final String ABSENT =
      "attribute_not_exists(pk) OR expiresAt <= :now OR attribute_exists(removed)";
  private static final String UNCHANGED = "rev = :expected AND " + ALIVE;

  private final DynamoDbClient client;
  private final AwsCredentialsProvider credentials;
  private final String table;
  private final Clock clock;
  private final Nonces nonces;

  /**
   * Rows in a table.
   *
   * @param client owned: closing the rows closes it
   * @param credentials with which the client asks
   * @param clock decides what has expired
   * @param random see {@link Nonces}
   */
  DynamoDbStateStore(
      DynamoDbClient client,
      AwsCredentialsProvider credentials,
      String table,
      Clock clock,
      RandomGenerator random) {
    this.client = client;
    this.credentials = credentials;
    this.table = table;
    this.clock = clock;
    this.nonces = new Nonces(random);
  }

  /**
   * Opens the rows of a table. Nothing is asked of the service yet.
   *
   * @param table its name
   * @param region where it is, or empty for the SDK's own choice
   * @param credentials who asks
   * @param clock decides what has expired
   * @param random see {@link Nonces}
   */
  public static DynamoDbStateStore open(
      String table,
      Optional<String> region,
      AwsCredentialsProvider credentials,
      Clock clock,
      RandomGenerator random) {
    return new DynamoDbStateStore(
        DynamoDbClients.builder(region, credentials).build(), credentials, table, clock, random);
  }

  @Override
  public Optional<StateRow> read(String key) {
    RowLimits.checkKey(key);
    return find(key).filter(item -> item.isAlive(clock.instant())).map(RowItem::row);
  }

  @Override
  public Optional<StateRow> compareAndSet(
      String key, Optional<StateRow> expected, String value, Optional<Instant> expiresAt) {
    RowLimits.checkKey(key);
    RowLimits.checkValue(value);
    RowItem next = new RowItem(key, nonces.next(), value, RowLimits.expirySecond(expiresAt), false);
    return write(next, expected) ? Optional.of(next.row()) : Optional.empty();
  }

  @Override
  public boolean remove(String key, StateRow expected) {
    RowLimits.checkKey(key);
    Optional<Long> atOnce = Optional.of(clock.instant().getEpochSecond());
    return write(new RowItem(key, nonces.next(), "", atOnce, true), Optional.of(expected));
  }

  @Override
  public void close() {
    client.close();
  }

  private boolean write(RowItem item, Optional<StateRow> expected) {
    AttributeValue now = AttributeValue.fromN(Long.toString(clock.instant().getEpochSecond()));
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table)
            .item(item.attributes())
            .conditionExpression(expected.isPresent() ? UNCHANGED : ABSENT)
            .expressionAttributeValues(
                expected.isPresent()
                    ? Map.of(
                        ":now", now, ":expected", AttributeValue.fromS(expected.get().revision()))
                    : Map.of(":now", now))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    try {
      RenewableCredentials.asking(credentials, () -> client.putItem(put));
      return true;
    } catch (ConditionalCheckFailedException refused) {
      // The SDK may have sent the request twice, and the first may be what the second stumbled on.
      return refused.hasItem() && isSameWrite(refused.item(), item);
    } catch (SdkException failure) {
      return recover(item, failure);
    }
  }

  /** Only our own revision proves something, since a write may yet arrive. */
  private boolean recover(RowItem item, SdkException failure) {
    StateException unknown = unknown("writing", failure);
    if (isRefusal(failure)) {
      throw unknown;
    }
    try {
      if (find(item.key()).filter(found -> found.revision().equals(item.revision())).isPresent()) {
        return true;
      }
    } catch (StateException again) {
      unknown.addSuppressed(again);
    }
    throw unknown;
  }

  /**
   * Whether the service said that it will not do it; asking it again would only add to its load.
   */
  private static boolean isRefusal(SdkException failure) {
    return failure instanceof SdkServiceException service && service.statusCode() < 500;
  }

  private Optional<RowItem> find(String key) {
    Map<String, AttributeValue> item;
    try {
      item =
          RenewableCredentials.asking(
                  credentials,
                  () ->
                      client.getItem(
                          get -> get.tableName(table).key(RowItem.keyOf(key)).consistentRead(true)))
              .item();
    } catch (SdkException failure) {
      throw unknown("reading", failure);
    }
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        RowItem.read(item)
            .orElseThrow(
                () ->
                    new StateException(
                        "an item of the table "
                            + table
                            + " is no row of Twinbucket's; does something else write there?",
                        null)));
  }

  private static boolean isSameWrite(Map<String, AttributeValue> stands, RowItem item) {
    return RowItem.read(stands)
        .filter(found -> found.revision().equals(item.revision()))
        .isPresent();
  }

  private StateException unknown(String doing, SdkException cause) {
    return new StateException(
        doing + " a row of the table " + table + ": " + cause.getMessage(), cause);
  }
}
