package dev.twinbucket.object;

import java.util.Optional;

/** What one look at one object found. A look that failed is an exception, never an absence. */
public sealed interface Observation {
  /** Where the look went. */
  ObjectLocation location();

  /** The object, if there was one. */
  default Optional<ObjectSnapshot> object() {
    return this instanceof Present(ObjectSnapshot snapshot)
        ? Optional.of(snapshot)
        : Optional.empty();
  }

  /** There is an object. */
  record Present(ObjectSnapshot snapshot) implements Observation {
    @Override
    public ObjectLocation location() {
      return snapshot.location();
    }
  }

  /** The store answered that there is none (or that a delete marker is current). */
  record Absent(ObjectLocation location) implements Observation {}
}
