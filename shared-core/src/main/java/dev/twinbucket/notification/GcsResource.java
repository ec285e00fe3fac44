package dev.twinbucket.notification;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import java.time.Instant;
import java.util.Optional;

/** The object resource of the GCS JSON API, which most GCS notifications carry. Names are plain. */
final class GcsResource {
  static final String PROVIDER = "gs";

  private GcsResource() {}

  static Reading hint(Fields resource, EventType type, Optional<Instant> time) {
    Place place = new Place(resource.text("bucket"), resource.text("name"));
    return new Reading.Hint(
        new ObjectEvent(
            PROVIDER,
            place.bucket(),
            place.key(),
            type,
            resource.digits("generation"),
            resource.digits("metageneration"),
            resource.etag("etag"),
            resource.size("size"),
            time,
            false));
  }
}
