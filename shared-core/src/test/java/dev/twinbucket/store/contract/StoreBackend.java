package dev.twinbucket.store.contract;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.store.ObjectStore;
import java.util.OptionalLong;
import java.util.Set;

/** A running server and the store that talks to it. */
interface StoreBackend extends AutoCloseable {
  /** The cloud that the server stands for. */
  enum Cloud {
    S3,
    GCS
  }

  /** The cloud that the server stands for. */
  Cloud cloud();

  /** The adapter under test. */
  ObjectStore store();

  /** A bucket of its own, empty. */
  BucketLocation newBucket(boolean versioned);

  /** What the server does otherwise; each is asserted to be so. */
  Set<Deviation> deviations();

  /** Keys that the cloud can hold and this server cannot; each is asserted to be so. */
  Set<String> impossibleKeys();

  /** How many requests the server has answered, where it counts them. */
  OptionalLong requests();

  @Override
  void close();
}
