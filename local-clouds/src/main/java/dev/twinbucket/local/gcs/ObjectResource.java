package dev.twinbucket.local.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinbucket.local.http.PercentCoding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The JSON form of objects, which answers and notifications carry alike.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/objects#resource">Objects
 *     resource</a>
 */
final class ObjectResource {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ObjectResource() {}

  /** RFC 3339 with milliseconds, as everywhere in the JSON API. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static ObjectNode of(StoredObject object, String endpoint) {
    String path =
        "/storage/v1/b/" + object.bucket() + "/o/" + PercentCoding.encode(object.name(), "");
    ObjectNode resource = Json.object();
    resource
        .put("kind", "storage#object")
        .put("id", object.bucket() + "/" + object.name() + "/" + object.generation())
        .put("selfLink", endpoint + path)
        .put(
            "mediaLink",
            endpoint + "/download" + path + "?generation=" + object.generation() + "&alt=media")
        .put("name", object.name())
        .put("bucket", object.bucket())
        .put("generation", Long.toString(object.generation()))
        .put("metageneration", Long.toString(object.metageneration()));
    object.attributes().addTo(resource);
    resource
        .put("size", Long.toString(object.content().size()))
        .put("crc32c", object.content().crc32c())
        .put("etag", object.etag())
        .put("timeCreated", time(object.created()))
        .put("updated", time(object.updated()))
        .put("timeStorageClassUpdated", time(object.created()))
        .put("timeFinalized", time(object.created()));
    object.md5().ifPresent(md5 -> resource.put("md5Hash", md5));
    object.componentCount().ifPresent(count -> resource.put("componentCount", count));
    object.noncurrentSince().ifPresent(since -> resource.put("timeDeleted", time(since)));
    return resource;
  }
}
