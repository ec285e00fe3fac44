package dev.twinbucket.simulator;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each cloud says of a change: in particular, that GCS reports an overwrite as a deletion as
 * well.
 */
final class Notifications {
  private Notifications() {}

  static List<ObjectEvent> of(Flavour flavour, Mutation change) {
    List<ObjectEvent> events = new ArrayList<>();
    boolean patched = flavour.isGoogle() && isPatch(change);
    change
        .after()
        .ifPresent(
            written ->
                events.add(
                    event(
                        flavour,
                        written,
                        patched ? EventType.METADATA_CHANGED : EventType.CREATED,
                        flavour.isGoogle() && !patched && change.before().isPresent())));
    if (change.before().isPresent()
        && !patched
        && (flavour.isGoogle() || change.after().isEmpty())) {
      boolean archived = flavour.isVersioned();
      events.add(
          event(
              flavour,
              change.before().get(),
              archived ? EventType.ARCHIVED : EventType.DELETED,
              change.after().isPresent()));
    }
    return events;
  }

  /** What is said of a removal that is no change from one current version to another. */
  static ObjectEvent removal(Flavour flavour, ObjectSnapshot object, EventType type) {
    return event(flavour, object, type, false);
  }

  private static boolean isPatch(Mutation change) {
    return change.before().isPresent()
        && change.after().isPresent()
        && change.before().get().version().sameWrite(change.after().get().version());
  }

  private static ObjectEvent event(
      Flavour flavour, ObjectSnapshot object, EventType type, boolean replaces) {
    boolean named = flavour.isGoogle() || type == EventType.CREATED;
    // The version id of a deletion on S3 is the delete marker's, which no base ever holds.
    String marker = flavour == Flavour.S3_VERSIONED ? "marker" : "";
    return new ObjectEvent(
        flavour.isGoogle() ? "gs" : "s3",
        object.location().bucket().bucket(),
        object.location().key(),
        type,
        named ? object.version().writeId() : marker,
        flavour.isGoogle() ? object.version().revision() : "",
        object.version().etag(),
        object.size(),
        Optional.empty(),
        replaces);
  }
}
