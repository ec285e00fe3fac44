package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinbucket.local.http.BodyWriter;
import dev.twinbucket.local.http.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An answer.
 *
 * @param length of the body; empty if it is not known before the body was written
 */
record GcsReply(int status, Map<String, String> headers, OptionalLong length, BodyWriter body) {

  static GcsReply empty(int status) {
    return new GcsReply(status, Map.of(), OptionalLong.of(0), out -> {});
  }

  static GcsReply json(int status, JsonNode json) {
    return bytes(status, "application/json; charset=UTF-8", Json.bytes(json));
  }

  static GcsReply xml(int status, String document) {
    return bytes(
        status, "application/xml; charset=UTF-8", document.getBytes(StandardCharsets.UTF_8));
  }

  static GcsReply bytes(int status, String contentType, byte[] bytes) {
    return new GcsReply(
        status,
        Map.of("Content-Type", contentType),
        OptionalLong.of(bytes.length),
        out -> out.write(bytes));
  }

  GcsReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new GcsReply(status, more, length, body);
  }

  void sendTo(HttpCall call) throws IOException {
    headers.forEach(call::set);
    if (length.isPresent()) {
      call.respond(status, length.getAsLong(), body);
    } else {
      call.respondChunked(status, body);
    }
  }
}
