package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Object attributes and conditions as headers of the XML API. Every {@code x-goog-} header has an
 * {@code x-amz-} synonym, and a request that uses those is answered with them.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/reference-headers">Headers</a>
 * @see <a href="https://cloud.google.com/storage/docs/migrating#custommeta">Header comparison</a>
 */
final class XmlHeaders {

  private static final String GOOG = "x-goog-";
  private static final String AMZ = "x-amz-";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Map<String, String> FIELDS =
      Map.of(
          "cache-control", "cacheControl",
          "content-disposition", "contentDisposition",
          "content-encoding", "contentEncoding",
          "content-language", "contentLanguage",
          "content-type", "contentType",
          "x-goog-storage-class", "storageClass",
          "x-goog-custom-time", "customTime",
          "x-goog-encryption-kms-key-name", "kmsKeyName");

  private XmlHeaders() {}

  /** A header by its {@code x-goog-} name or the {@code x-amz-} one. */
  static Optional<String> extension(GcsRequest request, String name) {
    return request
        .header(GOOG + name)
        .or(() -> request.header(AMZ + name))
        .filter(value -> !value.isEmpty());
  }

  static Preconditions conditions(GcsRequest request) {
    return new Preconditions(
        Preconditions.number(n -> extension(request, n), "if-generation-match"),
        Preconditions.NONE.generationNotMatch(),
        Preconditions.number(n -> extension(request, n), "if-metageneration-match"),
        Preconditions.NONE.metagenerationNotMatch());
  }

  /** What the object to be written is to carry. */
  static ObjectAttributes attributes(GcsRequest request) {
    ObjectNode resource = Json.object();
    ObjectNode metadata = Json.object();
    request
        .headers()
        .forEach(
            (name, value) -> {
              String google = name.startsWith(AMZ) ? GOOG + name.substring(AMZ.length()) : name;
              String text = fromWire(value);
              if (google.startsWith(GOOG + "meta-")) {
                metadata.put(google.substring((GOOG + "meta-").length()), text);
              } else if (FIELDS.containsKey(google) && !text.isEmpty()) {
                resource.put(FIELDS.get(google), text);
              }
            });
    if (!metadata.isEmpty()) {
      resource.set("metadata", metadata);
    }
    return ObjectAttributes.of(resource);
  }

  /** Headers that the XML API adds to an object's bytes. */
  static Map<String, String> describing(StoredObject object, GcsRequest request) {
    String vendor = speaksAmazon(request) ? AMZ : GOOG;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", MediaReply.xmlEtag(object));
    object
        .attributes()
        .metadata()
        .forEach(
            (key, value) -> {
              // What HTTP cannot carry as a header's name is left to the JSON API.
              if (TOKEN.matcher(key).matches()) {
                headers.put(vendor + "meta-" + key, toWire(value));
              }
            });
    object.attributes().text("customTime").ifPresent(t -> headers.put("x-goog-custom-time", t));
    object
        .attributes()
        .text("kmsKeyName")
        .ifPresent(key -> headers.put("x-goog-encryption-kms-key-name", key));
    if (speaksAmazon(request)) {
      headers.put("x-amz-version-id", Long.toString(object.generation()));
    }
    return headers;
  }

  /**
   * Refuses Amazon's own body framing, which the service does not undo.
   *
   * @see <a href="https://github.com/aws/aws-sdk-java-v2/issues/5987">aws-sdk-java-v2 #5987</a>
   */
  static void refuseAwsChunked(GcsRequest request) {
    boolean framed =
        request.header("content-encoding").orElse("").contains("aws-chunked")
            || request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-")
            || request.header("x-amz-trailer").isPresent();
    if (framed) {
      throw GcsError.invalid("Invalid argument: aws-chunked request bodies are not supported.");
    }
  }

  private static boolean speaksAmazon(GcsRequest request) {
    return request.headers().keySet().stream().anyMatch(name -> name.startsWith(AMZ))
        || request
            .header("authorization")
            .filter(a -> a.toUpperCase(Locale.ROOT).startsWith("AWS"))
            .isPresent();
  }

  /** The server reads and writes headers as ISO 8859-1; clients put UTF-8 into them. */
  static String fromWire(String header) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }

  private static String toWire(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .replace('\r', ' ')
        .replace('\n', ' ');
  }
}
