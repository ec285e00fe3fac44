package dev.twinbucket.local.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The encoding of keys in notifications and in listings with {@code encoding-type=url}. */
final class FormEncoding {
  private FormEncoding() {}

  /** A space becomes a plus sign, a slash stays, all else is as in HTML forms. */
  static String encode(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }
}
