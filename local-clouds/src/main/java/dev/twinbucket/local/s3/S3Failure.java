package dev.twinbucket.local.s3;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that the service refuses; it becomes the XML error body and its headers. */
final class S3Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final LinkedHashMap<String, String> headers = new LinkedHashMap<>();
  private final LinkedHashMap<String, String> elements = new LinkedHashMap<>();

  S3Failure(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  S3Failure header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  S3Failure element(String name, String value) {
    elements.put(name, value);
    return this;
  }

  ErrorCode code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, String> elements() {
    return elements;
  }
}
