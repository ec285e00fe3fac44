package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.PercentCoding;
import dev.twinbucket.local.http.QueryParameters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds bucket and key in a call, path-style or virtual-host style. */
final class Addressing {
  /** {@code bucket.localhost}, {@code bucket.s3.localhost}, or the real service's names. */
  private static final Pattern VIRTUAL_HOST =
      Pattern.compile("(?<bucket>.+?)\\.(s3[.-])?(localhost|[a-z0-9.-]*amazonaws\\.com)");

  private Addressing() {}

  static S3Call resolve(HttpCall http) {
    QueryParameters query;
    String path;
    try {
      query = http.query();
      path = PercentCoding.decodePath(http.rawPath());
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_URI.failure();
    }
    if (!path.startsWith("/")) {
      throw ErrorCode.INVALID_URI.failure();
    }
    String rest = path.substring(1);
    Optional<String> host = bucketOfHost(http.line().host());
    if (host.isPresent()) {
      return new S3Call(http, query, host.get(), rest);
    }
    int slash = rest.indexOf('/');
    return slash < 0
        ? new S3Call(http, query, rest, "")
        : new S3Call(http, query, rest.substring(0, slash), rest.substring(slash + 1));
  }

  private static Optional<String> bucketOfHost(String header) {
    String host = header.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    Matcher matcher = VIRTUAL_HOST.matcher(host);
    // "s3.localhost" is the service itself: a bucket's name has at least three characters.
    return matcher.matches() && matcher.group("bucket").length() >= 3
        ? Optional.of(matcher.group("bucket"))
        : Optional.empty();
  }
}
