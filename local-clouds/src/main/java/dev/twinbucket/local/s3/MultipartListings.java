package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.List;

/** ListParts and ListMultipartUploads. */
final class MultipartListings {
  void listParts(S3Call call, Bucket bucket) throws IOException {
    MultipartUpload upload = Multipart.upload(call, bucket);
    int most = call.number("max-parts", ListingRequest.MOST, ListingRequest.MOST);
    int marker = call.number("part-number-marker", 0, Integer.MAX_VALUE);
    List<UploadedPart> behind = upload.parts().stream().filter(p -> p.number() > marker).toList();
    List<UploadedPart> page = behind.stream().limit(most).toList();
    boolean truncated = behind.size() > page.size();
    call.respond(
        XmlWriter.document(
            "ListPartsResult",
            xml -> {
              xml.text("Bucket", bucket.name())
                  .text("Key", call.key())
                  .text("UploadId", upload.id())
                  .text("StorageClass", upload.attributes().storageClass())
                  .number("PartNumberMarker", marker)
                  .number("MaxParts", most)
                  .flag("IsTruncated", truncated);
              if (!page.isEmpty()) {
                xml.number("NextPartNumberMarker", page.getLast().number());
              }
              upload
                  .algorithm()
                  .ifPresent(
                      a ->
                          xml.text("ChecksumAlgorithm", a.apiName())
                              .text("ChecksumType", upload.checksumType().name()));
              page.forEach(
                  p ->
                      xml.element(
                          "Part",
                          x -> {
                            x.number("PartNumber", p.number())
                                .time("LastModified", p.lastModified())
                                .text("ETag", Etags.quoted(p.md5()));
                            p.checksum()
                                .filter(c -> upload.algorithm().isPresent())
                                .ifPresent(c -> x.text(c.algorithm().element(), c.value()));
                            x.number("Size", p.content().length());
                          }));
            }));
  }

  void listUploads(S3Call call, Bucket bucket) throws IOException {
    ListingRequest request = ListingRequest.of(call);
    int most = call.number("max-uploads", ListingRequest.MOST, ListingRequest.MOST);
    String keyMarker = call.query().first("key-marker").orElse("");
    String idMarker = call.query().first("upload-id-marker").orElse("");
    List<MultipartUpload> all = bucket.uploads();
    List<MultipartUpload> behind =
        all.stream().filter(u -> isBehind(u, all, keyMarker, idMarker)).toList();
    ListingPage<MultipartUpload> page =
        ListingPage.cut(
            behind,
            MultipartUpload::key,
            request.prefix(),
            request.delimiter(),
            idMarker.isEmpty() ? keyMarker : "",
            most);
    call.respond(
        XmlWriter.document(
            "ListMultipartUploadsResult",
            xml -> {
              xml.text("Bucket", bucket.name())
                  .text("KeyMarker", request.encoding().apply(keyMarker))
                  .text("UploadIdMarker", idMarker)
                  .text("Prefix", request.encoding().apply(request.prefix()))
                  .number("MaxUploads", most)
                  .flag("IsTruncated", page.isTruncated());
              if (!request.delimiter().isEmpty()) {
                xml.text("Delimiter", request.encoding().apply(request.delimiter()));
              }
              if (request.encoded()) {
                xml.text("EncodingType", "url");
              }
              page.lastName()
                  .ifPresent(name -> xml.text("NextKeyMarker", request.encoding().apply(name)));
              page.last().ifPresent(u -> xml.text("NextUploadIdMarker", u.id()));
              page.entries().forEach(u -> write(xml, u, request));
              page.prefixes()
                  .forEach(
                      p ->
                          xml.element(
                              "CommonPrefixes",
                              c -> c.text("Prefix", request.encoding().apply(p))));
            }));
  }

  private static boolean isBehind(
      MultipartUpload upload, List<MultipartUpload> all, String keyMarker, String idMarker) {
    if (keyMarker.isEmpty()) {
      return true;
    }
    int order = Utf8Order.INSTANCE.compare(upload.key(), keyMarker);
    if (order != 0 || idMarker.isEmpty()) {
      return order > 0;
    }
    return all.stream()
        .filter(u -> u.id().equals(idMarker) && u.key().equals(keyMarker))
        .anyMatch(u -> MultipartUpload.LISTING_ORDER.compare(upload, u) > 0);
  }

  private static void write(XmlWriter xml, MultipartUpload upload, ListingRequest request) {
    xml.element(
        "Upload",
        x -> {
          x.text("Key", request.encoding().apply(upload.key()))
              .text("UploadId", upload.id())
              .text("StorageClass", upload.attributes().storageClass())
              .time("Initiated", upload.initiated());
          upload
              .algorithm()
              .ifPresent(
                  a ->
                      x.text("ChecksumAlgorithm", a.apiName())
                          .text("ChecksumType", upload.checksumType().name()));
        });
  }
}
