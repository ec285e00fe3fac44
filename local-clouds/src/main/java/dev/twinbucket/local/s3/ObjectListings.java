package dev.twinbucket.local.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** ListObjectsV2, ListObjects and ListObjectVersions. */
final class ObjectListings {
  void listV2(S3Call call, Bucket bucket) throws IOException {
    ListingRequest request = ListingRequest.of(call);
    int most = call.number("max-keys", ListingRequest.MOST, ListingRequest.MOST);
    Optional<String> token = call.query().first("continuation-token");
    Optional<String> startAfter = call.query().first("start-after").filter(s -> !s.isEmpty());
    String marker = token.map(ObjectListings::decodeToken).or(() -> startAfter).orElse("");
    ListingPage<ObjectVersion> page = page(bucket, request, marker, most);
    call.respond(
        XmlWriter.document(
            "ListBucketResult",
            xml -> {
              request.writeTo(xml, bucket.name(), most);
              xml.number("KeyCount", page.entries().size() + page.prefixes().size());
              startAfter.ifPresent(s -> xml.text("StartAfter", request.encoding().apply(s)));
              xml.text("ContinuationToken", token);
              xml.flag("IsTruncated", page.isTruncated());
              xml.text("NextContinuationToken", page.lastName().map(ObjectListings::encodeToken));
              writeObjects(xml, page, request);
            }));
  }

  void listV1(S3Call call, Bucket bucket) throws IOException {
    ListingRequest request = ListingRequest.of(call);
    int most = call.number("max-keys", ListingRequest.MOST, ListingRequest.MOST);
    String marker = call.query().first("marker").orElse("");
    ListingPage<ObjectVersion> page = page(bucket, request, marker, most);
    call.respond(
        XmlWriter.document(
            "ListBucketResult",
            xml -> {
              request.writeTo(xml, bucket.name(), most);
              xml.text("Marker", request.encoding().apply(marker));
              xml.flag("IsTruncated", page.isTruncated());
              if (!request.delimiter().isEmpty()) {
                xml.text("NextMarker", page.lastName().map(request.encoding()));
              }
              writeObjects(xml, page, request);
            }));
  }

  void listVersions(S3Call call, Bucket bucket) throws IOException {
    ListingRequest request = ListingRequest.of(call);
    int most = call.number("max-keys", ListingRequest.MOST, ListingRequest.MOST);
    String keyMarker = call.query().first("key-marker").orElse("");
    String idMarker = call.query().first("version-id-marker").orElse("");
    if (keyMarker.isEmpty() && !idMarker.isEmpty()) {
      throw ErrorCode.INVALID_ARGUMENT.failure(
          "A version-id marker cannot be specified without a key marker.");
    }
    List<ObjectVersion> all = bucket.allVersions();
    List<ObjectVersion> behind = all.stream().skip(skipped(all, keyMarker, idMarker)).toList();
    ListingPage<ObjectVersion> page =
        ListingPage.cut(
            behind,
            ObjectVersion::key,
            request.prefix(),
            request.delimiter(),
            idMarker.isEmpty() ? keyMarker : "",
            most);
    call.respond(
        XmlWriter.document(
            "ListVersionsResult",
            xml -> {
              request.writeTo(xml, bucket.name(), most);
              xml.text("KeyMarker", request.encoding().apply(keyMarker));
              xml.text("VersionIdMarker", idMarker);
              xml.flag("IsTruncated", page.isTruncated());
              if (page.isTruncated()) {
                boolean atPrefix = page.prefixes().contains(page.lastName().orElseThrow());
                xml.text("NextKeyMarker", page.lastName().map(request.encoding()));
                if (!atPrefix) {
                  xml.text("NextVersionIdMarker", page.last().map(ObjectVersion::versionId));
                }
              }
              page.entries().forEach(v -> writeVersion(xml, v, bucket, request));
              writePrefixes(xml, page, request);
            }));
  }

  private static long skipped(List<ObjectVersion> all, String keyMarker, String idMarker) {
    if (keyMarker.isEmpty()) {
      return 0;
    }
    long skipped = 0;
    boolean passed = false;
    for (ObjectVersion version : all) {
      int order = Utf8Order.INSTANCE.compare(version.key(), keyMarker);
      if (order > 0 || (order == 0 && passed)) {
        break;
      }
      passed = order == 0 && !idMarker.isEmpty() && version.versionId().equals(idMarker);
      skipped++;
    }
    return skipped;
  }

  private static ListingPage<ObjectVersion> page(
      Bucket bucket, ListingRequest request, String marker, int most) {
    String from =
        Utf8Order.INSTANCE.compare(marker, request.prefix()) > 0 ? marker : request.prefix();
    List<ObjectVersion> behind =
        bucket.currentObjects(from).stream().filter(v -> !v.key().equals(marker)).toList();
    return ListingPage.cut(
        behind, ObjectVersion::key, request.prefix(), request.delimiter(), marker, most);
  }

  private static void writeObjects(
      XmlWriter xml, ListingPage<ObjectVersion> page, ListingRequest request) {
    page.entries()
        .forEach(
            v ->
                xml.element(
                    "Contents",
                    c -> {
                      c.text("Key", request.encoding().apply(v.key()));
                      writeDetails(c, v);
                    }));
    writePrefixes(xml, page, request);
  }

  private static void writeVersion(
      XmlWriter xml, ObjectVersion version, Bucket bucket, ListingRequest request) {
    boolean latest =
        bucket
            .newest(version.key())
            .filter(v -> v.versionId().equals(version.versionId()))
            .isPresent();
    xml.element(
        version.deleteMarker() ? "DeleteMarker" : "Version",
        x -> {
          x.text("Key", request.encoding().apply(version.key()))
              .text("VersionId", version.versionId())
              .flag("IsLatest", latest);
          if (version.deleteMarker()) {
            x.time("LastModified", version.lastModified());
          } else {
            writeDetails(x, version);
          }
          x.element("Owner", o -> o.text("ID", "LOCALOWNER"));
        });
  }

  private static void writeDetails(XmlWriter xml, ObjectVersion version) {
    xml.time("LastModified", version.lastModified())
        .text("ETag", Etags.quoted(version.object().etag()));
    version
        .object()
        .checksum()
        .ifPresent(
            c ->
                xml.text("ChecksumAlgorithm", c.algorithm().apiName())
                    .text("ChecksumType", c.type().name()));
    xml.number("Size", version.size())
        .text("StorageClass", version.object().attributes().storageClass());
  }

  private static void writePrefixes(XmlWriter xml, ListingPage<?> page, ListingRequest request) {
    page.prefixes()
        .forEach(
            p -> xml.element("CommonPrefixes", c -> c.text("Prefix", request.encoding().apply(p))));
  }

  private static String encodeToken(String name) {
    return Base64.getUrlEncoder().encodeToString(("1" + name).getBytes(StandardCharsets.UTF_8));
  }

  private static String decodeToken(String token) {
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (decoded.startsWith("1")) {
        return decoded.substring(1);
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like one that we never gave away.
    }
    throw ErrorCode.INVALID_ARGUMENT
        .failure("The continuation token provided is incorrect")
        .element("ArgumentName", "continuation-token");
  }
}
