package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.QueryParameters;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call after addressing: which bucket and key are meant.
 *
 * @param http the request and the way to answer
 * @param query the decoded query
 * @param bucketName the bucket, empty for the service itself
 * @param key the key, decoded once, empty for the bucket itself
 */
record S3Call(HttpCall http, QueryParameters query, String bucketName, String key) {
  /** A header's value; several of them are joined by commas, as HTTP allows. */
  Optional<String> header(String name) {
    List<String> values = http.headers(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values).strip());
  }

  Optional<String> versionId() {
    return query.first("versionId");
  }

  S3Call set(String name, String value) {
    http.set(name, value);
    return this;
  }

  S3Call set(String name, Optional<String> value) {
    value.ifPresent(v -> http.set(name, v));
    return this;
  }

  S3Call setTime(String name, Instant time) {
    return set(name, S3Times.http(time));
  }

  void respond(int status) throws IOException {
    http.respond(status);
  }

  void respond(XmlWriter document) throws IOException {
    http.respond(200, "application/xml", document.toString());
  }

  /** A parameter that is a number of at least zero. */
  int number(String name, int otherwise, int most) {
    Optional<String> text = query.first(name).filter(t -> !t.isEmpty());
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= 0) {
        return Math.min(value, most);
      }
    } catch (NumberFormatException e) {
      // Refused below, like a negative one.
    }
    throw ErrorCode.INVALID_ARGUMENT
        .failure("Provided " + name + " not an integer or within integer range")
        .element("ArgumentName", name);
  }
}
