package dev.twinbucket.local.gcs;

import java.util.Optional;

/**
 * Buckets in the XML API: existence and listings.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/get-bucket-list">List objects</a>
 */
final class XmlBuckets {

  private static final int MAX_PAGE = 1000;

  private final ObjectStore store;
  private final RequestCounts counts;

  XmlBuckets(ObjectStore store, RequestCounts counts) {
    this.store = store;
    this.counts = counts;
  }

  GcsReply listBuckets() {
    counts.count(GcsOperation.BUCKET_LIST);
    XmlText document = XmlText.document("ListAllMyBucketsResult").begin("Buckets");
    for (BucketState bucket : store.listBuckets()) {
      document
          .begin("Bucket")
          .add("Name", bucket.name())
          .add("CreationDate", ObjectResource.time(bucket.created()))
          .end();
    }
    return GcsReply.xml(200, document.finish());
  }

  GcsReply head(String bucket) {
    counts.count(GcsOperation.BUCKET_GET);
    store.bucket(bucket);
    return GcsReply.empty(200);
  }

  /** Both versions of the listing: by marker, and by token with {@code list-type=2}. */
  GcsReply listObjects(GcsRequest request, String bucket) {
    counts.count(GcsOperation.OBJECT_LIST);
    boolean second = request.parameter("list-type").filter("2"::equals).isPresent();
    boolean url = request.parameter("encoding-type").filter("url"::equals).isPresent();
    String prefix = request.parameter("prefix").orElse("");
    String delimiter = request.parameter("delimiter").orElse("");
    long wanted = Preconditions.number(request::parameter, "max-keys").orElse(MAX_PAGE);
    if (wanted < 1) {
      throw GcsError.invalid("Invalid value for max-keys");
    }
    int max = (int) Math.min(wanted, MAX_PAGE);
    String after = request.parameter(second ? "start-after" : "marker").orElse("");
    Optional<String> token = second ? request.parameter("continuation-token") : Optional.empty();
    if (token.isEmpty() && !after.isEmpty()) {
      boolean rolledUp = !delimiter.isEmpty() && !second && after.endsWith(delimiter);
      token = Optional.of(Listing.tokenAfter(after, rolledUp));
    }
    Listing page =
        store.list(bucket, new Listing.Query(prefix, delimiter, false, "", "", false, token, max));
    XmlText document =
        XmlText.document("ListBucketResult")
            .add("Name", bucket)
            .add("Prefix", XmlMultipartApi.encoded(prefix, url))
            .add("MaxKeys", max)
            .add("IsTruncated", Boolean.toString(page.nextPageToken().isPresent()));
    if (!delimiter.isEmpty()) {
      document.add("Delimiter", XmlMultipartApi.encoded(delimiter, url));
    }
    if (url) {
      document.add("EncodingType", "url");
    }
    if (second) {
      document.add("KeyCount", page.objects().size() + page.prefixes().size());
      page.nextPageToken().ifPresent(next -> document.add("NextContinuationToken", next));
    } else {
      document.add("Marker", XmlMultipartApi.encoded(after, url));
      if (page.nextPageToken().isPresent()) {
        document.add("NextMarker", XmlMultipartApi.encoded(page.lastEntry(), url));
      }
    }
    for (StoredObject object : page.objects()) {
      document
          .begin("Contents")
          .add("Key", XmlMultipartApi.encoded(object.name(), url))
          .add("Generation", object.generation())
          .add("MetaGeneration", object.metageneration())
          .add("LastModified", ObjectResource.time(object.updated()))
          .add("ETag", MediaReply.xmlEtag(object))
          .add("Size", object.content().size())
          .add("StorageClass", object.attributes().text("storageClass").orElse("STANDARD"))
          .end();
    }
    for (String common : page.prefixes()) {
      document.begin("CommonPrefixes").add("Prefix", XmlMultipartApi.encoded(common, url)).end();
    }
    return GcsReply.xml(200, document.finish());
  }
}
