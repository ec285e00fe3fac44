package dev.twinbucket.settings;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonException;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.JsonValue;
import dev.twinbucket.json.Limits;
import dev.twinbucket.object.BucketLocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and parses JSON documents. No message of this class ever holds any of their content. */
final class DocumentReader {
  private static final Limits LIMITS = new Limits(DocumentSource.LARGEST, 16);
  private static final Pattern AWS_SECRET =
      Pattern.compile("arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\\d{12}:secret:\\S{1,512}");
  private static final Pattern GOOGLE_SECRET =
      Pattern.compile("projects/[a-z0-9.:-]+/secrets/[A-Za-z0-9_-]{1,255}/versions/[A-Za-z0-9_-]+");
  private static final Pattern OBJECT = Pattern.compile("(s3|gs)://([^/]+)/(.+)", Pattern.DOTALL);
  private static final String FILE = "file:";
  private static final String FILE_WITH_AUTHORITY = "file://";

  private final DocumentSource source;
  private final Problems problems;

  DocumentReader(DocumentSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Whether the text is itself a document, or at least means to be one. */
  static boolean isInline(String text) {
    return text.stripLeading().startsWith("{");
  }

  static boolean isSecret(DocumentLocation location) {
    return location instanceof DocumentLocation.AwsSecret
        || location instanceof DocumentLocation.GoogleSecret;
  }

  /** Reads where a document is. */
  static Optional<DocumentLocation> locate(String text) {
    Matcher aws = AWS_SECRET.matcher(text);
    if (aws.matches()) {
      return Optional.of(new DocumentLocation.AwsSecret(text, aws.group(1)));
    }
    if (GOOGLE_SECRET.matcher(text).matches()) {
      return Optional.of(new DocumentLocation.GoogleSecret(text));
    }
    Matcher object = OBJECT.matcher(text);
    if (object.matches()) {
      BucketLocation bucket = new BucketLocation(object.group(1), object.group(2));
      return Optional.of(new DocumentLocation.InBucket(bucket.object(object.group(3))));
    }
    String path = text;
    if (text.startsWith(FILE_WITH_AUTHORITY)) {
      path = text.substring(FILE_WITH_AUTHORITY.length());
    } else if (text.startsWith(FILE)) {
      path = text.substring(FILE.length());
    }
    return path.startsWith("/") && path.indexOf('\0') < 0
        ? Optional.of(new DocumentLocation.File(path))
        : Optional.empty();
  }

  Optional<JsonObject> fetch(String where, DocumentLocation location) {
    try {
      return parse(where, source.fetch(location));
    } catch (DocumentException e) {
      problems.add(
          where,
          "that " + location + " cannot be read: " + e.getMessage(),
          "a document that this function may read");
      return Optional.empty();
    }
  }

  Optional<JsonObject> parse(String where, String text) {
    return parse(where, text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<JsonObject> parse(String where, byte[] utf8) {
    try {
      JsonValue value = Json.parse(utf8, LIMITS);
      Optional<JsonObject> object = value.asObject();
      if (object.isEmpty()) {
        problems.add(where, value.kind(), "a JSON object");
      }
      return object;
    } catch (JsonException e) {
      problems.add(
          where,
          e.line() == 0
              ? "a text that is too large or not UTF-8"
              : "a fault in line " + e.line() + ", column " + e.column(),
          e.expected());
      return Optional.empty();
    }
  }
}
