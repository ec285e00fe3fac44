package dev.twinbucket.local.gcs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One session of the resumable protocol: the bytes that have arrived and stay.
 *
 * @see <a href="https://cloud.google.com/storage/docs/performing-resumable-uploads">Resumable
 *     uploads</a>
 */
final class ResumableUpload {

  private static final int QUANTUM = 256 * 1024;

  /**
   * What the session is to become.
   *
   * @param declared hashes given with the metadata
   * @param declaredSize from {@code X-Upload-Content-Length}
   */
  record Goal(
      String bucket,
      String name,
      ObjectAttributes attributes,
      Preconditions conditions,
      DeclaredHashes declared,
      OptionalLong declaredSize) {}

  private final Goal goal;
  private final List<Content> persisted = new ArrayList<>();
  private long size;
  private Optional<StoredObject> result = Optional.empty();

  ResumableUpload(Goal goal) {
    this.goal = goal;
  }

  /**
   * Takes a chunk, or answers how far the upload is.
   *
   * @return the finished object, or empty while bytes are missing
   * @throws IOException if the connection breaks; whole quanta that arrived before stay
   */
  synchronized Optional<StoredObject> accept(
      Optional<ContentRange> range, InputStream body, DeclaredHashes trailing, ObjectStore store)
      throws IOException {
    if (result.isPresent()) {
      return result;
    }
    ContentRange chunk = range.orElse(ContentRange.WHOLE_OBJECT);
    requireConsistent(chunk.total());
    if (chunk.first().isEmpty()) {
      boolean complete = chunk.total().isPresent() && chunk.total().getAsLong() == size;
      return complete ? finish(trailing, store) : Optional.empty();
    }
    long start = chunk.first().getAsLong();
    if (start > size) {
      throw GcsError.invalid(
          "Chunk starts at %d but only %d bytes were received.".formatted(start, size));
    }
    byte[] received = read(body, start);
    if (chunk.last().isPresent() && received.length != chunk.last().getAsLong() - start + 1) {
      throw GcsError.invalid("Content-Range does not match the length of the body.");
    }
    boolean last =
        range.isEmpty()
            || (chunk.total().isPresent() && start + received.length == chunk.total().getAsLong());
    if (!last && received.length < QUANTUM) {
      throw GcsError.invalid(
          "Invalid request. The number of bytes uploaded is required to be equal or greater than"
              + " 262144, except for the final request (it's recommended to be the exact multiple"
              + " of 262144). The received request contained "
              + received.length
              + " bytes, which does not meet this requirement.");
    }
    persist(received, start, last);
    return last ? finish(trailing, store) : Optional.empty();
  }

  synchronized long size() {
    return size;
  }

  synchronized boolean isOpen() {
    return result.isEmpty();
  }

  private void requireConsistent(OptionalLong total) {
    if (total.isPresent()
        && (total.getAsLong() < size
            || (goal.declaredSize().isPresent()
                && goal.declaredSize().getAsLong() != total.getAsLong()))) {
      throw GcsError.invalid(
          "The total size does not agree with what was declared or sent before.");
    }
  }

  private byte[] read(InputStream body, long start) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try {
      body.transferTo(received);
    } catch (IOException e) {
      persist(received.toByteArray(), start, false);
      throw e;
    }
    return received.toByteArray();
  }

  /** Keeps what is new; before the end only whole quanta are kept. */
  private void persist(byte[] received, long start, boolean last) {
    long end = start + received.length;
    long keep = last ? end : end - end % QUANTUM;
    if (keep > size) {
      persisted.add(
          Content.of(Arrays.copyOfRange(received, (int) (size - start), (int) (keep - start))));
      size = keep;
    }
  }

  private Optional<StoredObject> finish(DeclaredHashes trailing, ObjectStore store) {
    Content content = Content.concatenation(persisted);
    goal.declared().verify(content);
    trailing.verify(content);
    result =
        Optional.of(
            store.put(
                goal.bucket(),
                goal.name(),
                NewObject.uploaded(goal.attributes(), content),
                goal.conditions()));
    persisted.clear();
    return result;
  }
}
