package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.QueryParameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * One request, from the wire or out of a batch.
 *
 * @param rawPath the path as sent, nothing decoded
 * @param headers under lower-cased names
 * @param endpoint how the client addresses this server, such as {@code http://localhost:4443}
 */
record GcsRequest(
    String method,
    String rawPath,
    QueryParameters query,
    Map<String, String> headers,
    InputStream body,
    String endpoint) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  Optional<String> parameter(String name) {
    return query.first(name).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return query.first(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  OptionalLong generation() {
    return Preconditions.number(this::parameter, "generation");
  }

  Preconditions conditions() {
    return Preconditions.from(this::parameter, "if");
  }

  Preconditions sourceConditions() {
    return Preconditions.from(this::parameter, "ifSource");
  }

  /**
   * The body of a JSON API request. There a {@code Content-Encoding: gzip} header describes the
   * transfer alone, and Java's client makes use of it for every direct upload.
   */
  InputStream decodedBody() throws IOException {
    boolean gzip = header("content-encoding").filter("gzip"::equalsIgnoreCase).isPresent();
    return gzip ? new GZIPInputStream(body) : body;
  }
}
