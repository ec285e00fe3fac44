package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** GetObjectAttributes: what is known about an object without its bytes. */
final class ObjectAttributesRead {
  void get(S3Call call, Bucket bucket) throws IOException {
    List<String> asked =
        Arrays.stream(call.header("x-amz-object-attributes").orElse("").split(","))
            .map(String::strip)
            .filter(a -> !a.isEmpty())
            .toList();
    if (asked.isEmpty()) {
      throw ErrorCode.INVALID_ARGUMENT
          .failure("The x-amz-object-attributes header is missing")
          .element("ArgumentName", "x-amz-object-attributes");
    }
    ObjectVersion version = ObjectReads.find(call, bucket);
    call.setTime("Last-Modified", version.lastModified());
    if (bucket.versioning() != Versioning.UNVERSIONED) {
      call.set("x-amz-version-id", version.versionId());
    }
    call.respond(
        XmlWriter.document(
            "GetObjectAttributesResponse", xml -> asked.forEach(a -> write(xml, a, version))));
  }

  private static void write(XmlWriter xml, String attribute, ObjectVersion version) {
    NewObject object = version.object();
    switch (attribute) {
      case "ETag" -> xml.text("ETag", object.etag());
      case "ObjectSize" -> xml.number("ObjectSize", version.size());
      case "StorageClass" -> xml.text("StorageClass", object.attributes().storageClass());
      case "Checksum" ->
          object
              .checksum()
              .ifPresent(
                  c ->
                      xml.element(
                          "Checksum",
                          x ->
                              x.text(c.algorithm().element(), c.value())
                                  .text("ChecksumType", c.type().name())));
      case "ObjectParts" -> {
        if (!object.parts().isEmpty()) {
          xml.element("ObjectParts", x -> x.number("PartsCount", object.parts().size()));
        }
      }
      default -> throw ErrorCode.INVALID_ARGUMENT.failure("Invalid attribute name specified.");
    }
  }
}
