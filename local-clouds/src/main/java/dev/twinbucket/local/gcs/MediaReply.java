package dev.twinbucket.local.gcs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of an object with the headers that describe it, as both APIs send them.
 *
 * @see <a href="https://cloud.google.com/storage/docs/transcoding">Transcoding of gzip files</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/reference-headers">Headers</a>
 */
final class MediaReply {

  private MediaReply() {}

  /**
   * The answer to a read.
   *
   * @param extra headers beyond the common ones
   */
  static GcsReply of(StoredObject object, GcsRequest request, Map<String, String> extra) {
    Map<String, String> headers = new LinkedHashMap<>(common(object));
    headers.putAll(extra);
    if (isDecompressed(object, request)) {
      return decompressed(object, headers);
    }
    object.attributes().text("contentEncoding").ifPresent(v -> headers.put("Content-Encoding", v));
    headers.put("Accept-Ranges", "bytes");
    long size = object.content().size();
    Optional<ByteRange> range =
        request.header("range").flatMap(text -> ByteRange.parse(text, size));
    ByteRange sent = range.orElse(new ByteRange(0, size));
    if (range.isPresent()) {
      headers.put(
          "Content-Range",
          "bytes %d-%d/%d".formatted(sent.offset(), sent.offset() + sent.length() - 1, size));
    }
    return new GcsReply(
        range.isPresent() ? 206 : 200,
        headers,
        OptionalLong.of(sent.length()),
        out -> object.content().writeTo(out, sent.offset(), sent.length()));
  }

  private static GcsReply decompressed(StoredObject object, Map<String, String> headers) {
    headers.put("Vary", "Accept-Encoding");
    headers.put("Warning", "214 UploadServer gunzipped");
    return new GcsReply(
        200,
        headers,
        OptionalLong.empty(),
        out -> {
          try (GZIPInputStream plain = new GZIPInputStream(object.content().open())) {
            plain.transferTo(out);
          }
        });
  }

  private static boolean isDecompressed(StoredObject object, GcsRequest request) {
    return object.attributes().isGzip()
        && !request.header("accept-encoding").orElse("").toLowerCase(Locale.ROOT).contains("gzip")
        && !object.attributes().text("cacheControl").orElse("").contains("no-transform");
  }

  private static Map<String, String> common(StoredObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    ObjectAttributes attributes = object.attributes();
    headers.put("Content-Type", attributes.text("contentType").orElse("application/octet-stream"));
    headers.put("Cache-Control", attributes.text("cacheControl").orElse("private, max-age=0"));
    attributes.text("contentDisposition").ifPresent(v -> headers.put("Content-Disposition", v));
    attributes.text("contentLanguage").ifPresent(v -> headers.put("Content-Language", v));
    headers.put("Last-Modified", httpDate(object.updated()));
    headers.put("X-Goog-Generation", Long.toString(object.generation()));
    headers.put("X-Goog-Metageneration", Long.toString(object.metageneration()));
    headers.put("X-Goog-Hash", hashes(object));
    headers.put("X-Goog-Storage-Class", attributes.text("storageClass").orElse("STANDARD"));
    headers.put(
        "X-Goog-Stored-Content-Encoding", attributes.text("contentEncoding").orElse("identity"));
    headers.put("X-Goog-Stored-Content-Length", Long.toString(object.content().size()));
    object
        .componentCount()
        .ifPresent(count -> headers.put("X-Goog-Component-Count", Integer.toString(count)));
    headers.put("ETag", object.etag());
    return headers;
  }

  /** The value of {@code x-goog-hash}. */
  static String hashes(StoredObject object) {
    return "crc32c="
        + object.content().crc32c()
        + object.md5().map(md5 -> ",md5=" + md5).orElse("");
  }

  /** The XML API's ETag: the MD5 in hexadecimal, and something else for objects without one. */
  static String xmlEtag(StoredObject object) {
    return object
        .md5()
        .map(md5 -> "\"" + HexFormat.of().formatHex(Base64.getDecoder().decode(md5)) + "\"")
        .orElse("\"-" + object.etag() + "\"");
  }

  static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
  }
}
