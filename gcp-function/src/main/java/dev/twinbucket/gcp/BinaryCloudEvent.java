package dev.twinbucket.gcp;

import com.google.cloud.functions.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * CloudEvents in the binary mode of HTTP, whose attributes are headers.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 *     protocol binding</a>
 */
final class BinaryCloudEvent {
  private BinaryCloudEvent() {}

  /** The event of a request, or empty if its headers speak of none. */
  static Optional<ReceivedCloudEvent> of(HttpRequest request, byte[] body) {
    if (request.getFirstHeader("ce-specversion").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReceivedCloudEvent(
            header(request, "ce-id"),
            header(request, "ce-type"),
            header(request, "ce-source"),
            header(request, "ce-subject"),
            header(request, "ce-time"),
            body));
  }

  private static String header(HttpRequest request, String name) {
    return request.getFirstHeader(name).map(BinaryCloudEvent::decode).orElse("");
  }

  /** Values are percent-encoded UTF-8 (section 3.1.3.2); a plus sign is one. */
  private static String decode(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
