package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation.Present;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one object of the parts, in one instant and under a condition, once their checksum is known
 * to be the source's. An answer that never came is no failure: the stamp at the destination tells
 * whether this very copy is there.
 */
final class Publishing {
  /**
   * How long one invocation alone may publish: putting ten thousand parts together takes a while.
   */
  static final Duration LEASE = Duration.ofMinutes(5);

  private final Run run;

  Publishing(Run run) {
    this.run = run;
  }

  /**
   * Publishes.
   *
   * @param entry a row that this run leads, all of whose parts are done
   * @param gate asked immediately before; what it throws keeps the copy from being published
   * @throws StoreException.UploadNotFound if the upload is gone, and the copy is not there
   * @throws StoreException.IntegrityMismatch if the parts are not the source's bytes; nothing of
   *     them is visible
   */
  Publication publish(TransferJob job, Entry entry, WriteCondition condition, Runnable gate) {
    Checkpoint checkpoint = entry.checkpoint().orElseThrow();
    Upload upload = checkpoint.upload().orElseThrow();
    try {
      List<UploadedPart> parts = parts(upload);
      boolean staged = parts.isEmpty();
      List<Integer> missing = staged ? List.of() : missing(checkpoint.plan(), parts);
      if (!missing.isEmpty()) {
        // The listing is the truth; the row was a note about it.
        run.move(
            entry,
            checkpoint.withRanges(checkpoint.ranges().reopen(missing)).withLead(Optional.empty()));
        return new Publication.NotReady();
      }
      Crc32c crc = proven(job, checkpoint, parts);
      Provenance stamp = Beginning.stamp(job, checkpoint, crc);
      gate.run();
      ObjectVersion version =
          run.uploads(job.destination())
              .complete(
                  new UploadCompletion(
                      upload,
                      parts,
                      checkpoint.plan().size(),
                      crc,
                      job.source().attributes(),
                      Optional.of(stamp),
                      job.placement(),
                      condition));
      return new Publication.Published(version, checkpoint.proof(), checkpoint.writeId());
    } catch (StoreException e) {
      Optional<ObjectVersion> there = published(job, checkpoint, e);
      if (there.isPresent()) {
        return new Publication.Published(there.get(), checkpoint.proof(), checkpoint.writeId());
      }
      release(entry, e);
      throw e;
    }
  }

  /**
   * What has arrived; empty if the store has put the parts together under its staging name already,
   * and only the last step is missing.
   */
  private List<UploadedPart> parts(Upload upload) {
    try {
      return run.uploads(upload.destination()).parts(upload);
    } catch (StoreException.UploadNotFound e) {
      if (upload.staging().equals(upload.destination())) {
        throw e;
      }
      return List.of();
    }
  }

  private static List<Integer> missing(TransferPlan plan, List<UploadedPart> parts) {
    Map<Integer, Long> sizes = new HashMap<>();
    parts.forEach(part -> sizes.put(part.number(), part.size()));
    List<Integer> missing = new ArrayList<>();
    for (int part = 1; part <= plan.parts(); part++) {
      if (!Optional.of(plan.length(part)).equals(Optional.ofNullable(sizes.get(part)))) {
        missing.add(part);
      }
    }
    return missing;
  }

  /** The checksum of the whole, from wherever it is known; all that know it must agree. */
  private static Crc32c proven(TransferJob job, Checkpoint checkpoint, List<UploadedPart> parts) {
    Optional<Crc32c> own = checkpoint.crc();
    for (Optional<Crc32c> combined : List.of(checkpoint.ranges().crc(), combined(parts))) {
      if (own.isPresent() && combined.isPresent() && !own.equals(combined)) {
        throw new StoreException.IntegrityMismatch(
            "%s: the parts together have CRC32C %s, the whole has %s"
                .formatted(job.source().location(), combined.get(), own.get()));
      }
      own = own.or(() -> combined);
    }
    return own.orElseThrow(
        () ->
            new StoreException.IntegrityMismatch(
                job.source().location() + ": the checksum of its parts is not known"));
  }

  private static Optional<Crc32c> combined(List<UploadedPart> parts) {
    Optional<Crc32c> sum = parts.isEmpty() ? Optional.empty() : Optional.of(Crc32c.EMPTY);
    for (UploadedPart part : parts) {
      sum = sum.flatMap(crc -> part.crc().map(next -> crc.append(next, part.size())));
    }
    return sum;
  }

  /** Whether this very copy is at the destination, in spite of what was answered. */
  private Optional<ObjectVersion> published(
      TransferJob job, Checkpoint checkpoint, StoreException answer) {
    if (answer instanceof StoreException.IntegrityMismatch
        || answer instanceof StoreException.AccessDenied) {
      return Optional.empty();
    }
    try {
      return run.stores().of(job.destination()).observe(job.destination())
                  instanceof Present(ObjectSnapshot there)
              && there
                  .provenance()
                  .filter(stamp -> stamp.writeId().equals(checkpoint.writeId()))
                  .isPresent()
          ? Optional.of(there.version())
          : Optional.empty();
    } catch (StoreException e) {
      answer.addSuppressed(e);
      return Optional.empty();
    }
  }

  /** Lets others try, unless nobody can say whether it is being published right now. */
  private void release(Entry entry, StoreException answer) {
    if (!(answer instanceof StoreException.Unavailable)) {
      run.move(entry, entry.checkpoint().orElseThrow().withLead(Optional.empty()));
    }
  }
}
