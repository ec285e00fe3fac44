package dev.twinbucket.local.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event in the binary HTTP mode: attributes as {@code ce-} headers, data as the body.
 *
 * @param attributes CloudEvents context attributes and extensions, without the header prefix
 * @param data a JSON document
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     protocol binding for CloudEvents</a>
 * @see <a href="https://cloud.google.com/eventarc/docs/cloudevents">Eventarc: CloudEvents
 *     format</a>
 */
public record CloudEvent(Map<String, String> attributes, String data) {

  /** Takes a copy of what could change. */
  public CloudEvent {
    attributes = Map.copyOf(attributes);
  }

  /** The attribute {@code type}. */
  public String type() {
    return attributes.getOrDefault("type", "");
  }

  /** The HTTP headers of the event, its content type included. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    attributes.forEach((name, value) -> headers.put("ce-" + name, encoded(value)));
    headers.put("Content-Type", "application/json; charset=utf-8");
    return headers;
  }

  /** The binding's own percent-encoding: of what is not visible ASCII, of quotes and percents. */
  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c > 0x20 && c < 0x7f && c != '"' && c != '%') {
        text.append((char) c);
      } else {
        text.append('%').append("%02X".formatted(c));
      }
    }
    return text.toString();
  }
}
