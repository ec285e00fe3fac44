package dev.twinbucket.local.gcs;

import dev.twinbucket.local.http.PercentCoding;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Objects in the XML API, multipart uploads apart.
 *
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/reference-methods">Methods</a>
 */
final class XmlObjects {

  private final ObjectStore store;
  private final RequestCounts counts;

  XmlObjects(ObjectStore store, RequestCounts counts) {
    this.store = store;
    this.counts = counts;
  }

  GcsReply read(GcsRequest request, String bucket, String key) {
    boolean head = request.method().equals("HEAD");
    counts.count(head ? GcsOperation.OBJECT_GET : GcsOperation.OBJECT_READ);
    StoredObject object = store.get(bucket, key, generation(request));
    XmlHeaders.conditions(request).requireForRead(object);
    requireEtag(request, MediaReply.xmlEtag(object));
    return MediaReply.of(object, request, XmlHeaders.describing(object, request));
  }

  private static void requireEtag(GcsRequest request, String etag) {
    Optional<String> match = request.header("if-match");
    if (match.isPresent() && !lists(match.get(), etag)) {
      throw GcsError.preconditionFailed();
    }
    Optional<String> noneMatch = request.header("if-none-match");
    if (noneMatch.isPresent() && lists(noneMatch.get(), etag)) {
      throw GcsError.notModified();
    }
  }

  private static boolean lists(String header, String etag) {
    for (String entry : header.split(",", -1)) {
      String bare = entry.strip().replace("\"", "");
      if (bare.equals("*") || bare.equals(etag.replace("\"", ""))) {
        return true;
      }
    }
    return false;
  }

  GcsReply put(GcsRequest request, String bucket, String key) throws IOException {
    Optional<String> source = XmlHeaders.extension(request, "copy-source");
    if (source.isPresent()) {
      return copy(request, source.get(), bucket, key);
    }
    counts.count(GcsOperation.OBJECT_INSERT);
    XmlHeaders.refuseAwsChunked(request);
    Content content = Content.of(request.body().readAllBytes());
    DeclaredHashes.ofHeaders(request).verify(content);
    StoredObject stored =
        store.put(
            bucket,
            key,
            NewObject.uploaded(XmlHeaders.attributes(request), content),
            XmlHeaders.conditions(request));
    return described(GcsReply.empty(200), stored);
  }

  private GcsReply copy(GcsRequest request, String source, String bucket, String key) {
    counts.count(GcsOperation.OBJECT_COPY);
    String path = source.startsWith("/") ? source.substring(1) : source;
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw GcsError.invalid("Invalid copy source");
    }
    StoredObject original =
        store.get(
            path.substring(0, slash),
            PercentCoding.decodePath(path.substring(slash + 1)),
            Preconditions.number(n -> XmlHeaders.extension(request, n), "copy-source-generation"));
    OptionalLong expected =
        Preconditions.number(
            n -> XmlHeaders.extension(request, n), "copy-source-if-generation-match");
    if (expected.isPresent() && expected.getAsLong() != original.generation()) {
      throw GcsError.preconditionFailed();
    }
    boolean replace =
        XmlHeaders.extension(request, "metadata-directive")
            .filter("REPLACE"::equalsIgnoreCase)
            .isPresent();
    StoredObject stored =
        store.put(
            bucket,
            key,
            NewObject.copyOf(
                original, replace ? XmlHeaders.attributes(request) : original.attributes()),
            XmlHeaders.conditions(request));
    return described(
        GcsReply.xml(
            200,
            XmlText.document("CopyObjectResult")
                .add("LastModified", ObjectResource.time(stored.updated()))
                .add("ETag", MediaReply.xmlEtag(stored))
                .finish()),
        stored);
  }

  GcsReply delete(GcsRequest request, String bucket, String key) {
    counts.count(GcsOperation.OBJECT_DELETE);
    store.delete(bucket, key, generation(request), XmlHeaders.conditions(request));
    return GcsReply.empty(204);
  }

  private static GcsReply described(GcsReply reply, StoredObject stored) {
    return reply
        .with("ETag", MediaReply.xmlEtag(stored))
        .with("X-Goog-Generation", Long.toString(stored.generation()))
        .with("X-Goog-Metageneration", Long.toString(stored.metageneration()))
        .with("X-Goog-Hash", MediaReply.hashes(stored))
        .with("X-Goog-Stored-Content-Length", Long.toString(stored.content().size()))
        .with(
            "X-Goog-Stored-Content-Encoding",
            stored.attributes().text("contentEncoding").orElse("identity"));
  }

  private static OptionalLong generation(GcsRequest request) {
    OptionalLong generation = request.generation();
    return generation.isPresent()
        ? generation
        : Preconditions.number(request::parameter, "versionId");
  }
}
