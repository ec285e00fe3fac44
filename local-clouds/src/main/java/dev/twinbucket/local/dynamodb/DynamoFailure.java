package dev.twinbucket.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A request that the service refuses. */
final class DynamoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final transient Optional<JsonNode> item;

  private DynamoFailure(String type, String message, Optional<JsonNode> item) {
    super(message, null, false, false);
    this.type = type;
    this.item = item;
  }

  static DynamoFailure invalid(String message) {
    return new DynamoFailure("ValidationException", message, Optional.empty());
  }

  static DynamoFailure noSuchTable() {
    return new DynamoFailure(
        "ResourceNotFoundException", "Requested resource not found", Optional.empty());
  }

  static DynamoFailure tableExists() {
    return new DynamoFailure("ResourceInUseException", "Table already exists", Optional.empty());
  }

  static DynamoFailure conditionFailed(Optional<JsonNode> item) {
    return new DynamoFailure(
        "ConditionalCheckFailedException", "The conditional request failed", item);
  }

  String type() {
    return type;
  }

  /** The item as it stands, if the request asked to be shown it. */
  Optional<JsonNode> item() {
    return item;
  }
}
