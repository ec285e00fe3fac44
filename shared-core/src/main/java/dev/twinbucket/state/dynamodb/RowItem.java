package dev.twinbucket.state.dynamodb;

import dev.twinbucket.state.RowLimits;
import dev.twinbucket.state.StateRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as the table keeps it.
 *
 * @param key the partition key
 * @param revision unique to the write
 * @param body the row's text
 * @param expirySecond seconds since the epoch, as DynamoDB's time to live wants them
 * @param removed whether the item only says that the row was removed
 */
record RowItem(
    String key, String revision, String body, Optional<Long> expirySecond, boolean removed) {
  static final String KEY = "pk";
  static final String REVISION = "rev";
  static final String BODY = "body";
  static final String EXPIRY = "expiresAt";
  static final String REMOVED = "removed";

  static Map<String, AttributeValue> keyOf(String key) {
    return Map.of(KEY, AttributeValue.fromS(key));
  }

  /** Reads an item; empty if it is not one of ours. */
  static Optional<RowItem> read(Map<String, AttributeValue> item) {
    Optional<String> expiry = Optional.ofNullable(item.get(EXPIRY)).map(AttributeValue::n);
    Optional<String> key = text(item, KEY);
    Optional<String> revision = text(item, REVISION);
    Optional<String> body = text(item, BODY);
    if (key.isEmpty() || revision.isEmpty() || body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RowItem(
              key.get(),
              revision.get(),
              body.get(),
              expiry.map(Long::valueOf),
              item.containsKey(REMOVED)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> attributes = new HashMap<>(keyOf(key));
    attributes.put(REVISION, AttributeValue.fromS(revision));
    attributes.put(BODY, AttributeValue.fromS(body));
    expirySecond.ifPresent(
        second -> attributes.put(EXPIRY, AttributeValue.fromN(Long.toString(second))));
    if (removed) {
      attributes.put(REMOVED, AttributeValue.fromBool(true));
    }
    return attributes;
  }

  boolean isAlive(Instant now) {
    return !removed && RowLimits.isAlive(expirySecond, now);
  }

  StateRow row() {
    return new StateRow(body, revision);
  }
}
