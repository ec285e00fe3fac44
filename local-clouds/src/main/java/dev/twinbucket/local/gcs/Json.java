package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reading and writing of JSON documents, with Google's answer to a malformed one. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty document counts as an empty object. */
  static ObjectNode parse(byte[] document) {
    try {
      JsonNode node = MAPPER.readTree(document);
      if (node == null || node.isMissingNode()) {
        return object();
      }
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new GcsError(400, "parseError", "InvalidArgument", "Parse Error");
    }
    throw new GcsError(400, "parseError", "InvalidArgument", "Parse Error");
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always serialisable", e);
    }
  }
}
