package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.QueryParameters;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Object tags: at most ten, keys of 1 to 128 and values of up to 256 characters. */
final class Tags {
  private Tags() {}

  /** Reads the {@code x-amz-tagging} header, which is written like a query. */
  static Map<String, String> ofHeader(S3Call call) {
    Map<String, String> tags = new LinkedHashMap<>();
    QueryParameters parsed;
    try {
      parsed = QueryParameters.parse(call.header("x-amz-tagging").orElse(""));
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_ARGUMENT.failure("The header 'x-amz-tagging' is not well encoded");
    }
    parsed.list().forEach(p -> add(tags, p.name(), p.value()));
    return checked(tags);
  }

  /** Reads the body of PutObjectTagging. */
  static Map<String, String> ofBody(ReceivedBody body) throws IOException {
    Map<String, String> tags = new LinkedHashMap<>();
    Xml root = Xml.read(ContentInput.open(body.content()), "Tagging");
    Xml set = root.child("TagSet").orElseThrow(ErrorCode.MALFORMED_XML::failure);
    for (Xml tag : set.children("Tag")) {
      add(tags, tag.requiredText("Key"), tag.requiredText("Value"));
    }
    return checked(tags);
  }

  private static void add(Map<String, String> tags, String key, String value) {
    if (tags.put(key, value) != null) {
      throw ErrorCode.INVALID_TAG.failure("Cannot provide multiple Tags with the same key");
    }
  }

  private static Map<String, String> checked(Map<String, String> tags) {
    if (tags.size() > 10) {
      throw ErrorCode.BAD_REQUEST.failure("Object tags cannot be greater than 10");
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.codePointCount(0, key.length()) > 128) {
            throw ErrorCode.INVALID_TAG.failure("The TagKey you have provided is invalid");
          }
          if (value.codePointCount(0, value.length()) > 256) {
            throw ErrorCode.INVALID_TAG.failure("The TagValue you have provided is invalid");
          }
        });
    return tags;
  }
}
