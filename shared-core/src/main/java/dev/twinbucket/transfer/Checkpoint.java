package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.Upload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a transfer is: all that another invocation needs to go on with it.
 *
 * @param version of the source, the only one whose bytes may be sent
 * @param likeness a fingerprint of all else that the copy is made from and for; a transfer of
 *     another likeness is not this one
 * @param destination where the copy is to appear
 * @param crc of the whole, from the source's own store or from having read it through; empty if it
 *     is not known yet
 * @param proof how much that checksum is worth
 * @param phase what comes next
 * @param upload where the parts go, once it was begun
 * @param dropped uploads that are to be aborted before another is begun
 * @param writeId of the write that the transfer ends in
 * @param begun when
 * @param lead who alone begins the upload, or publishes
 * @param workers invocations that were called to work on it, this one included
 * @param idle invocations in a row that could not get on
 * @param restarts how often an upload of this very copy had to be begun anew
 * @param partMillis how long a part took lately, zero if not known
 * @param ranges who works on what
 */
record Checkpoint(
    ObjectVersion version,
    String likeness,
    ObjectLocation destination,
    Optional<Crc32c> crc,
    Proof proof,
    Phase phase,
    Optional<Upload> upload,
    List<Upload> dropped,
    String writeId,
    Instant begun,
    Optional<Lease> lead,
    int workers,
    int idle,
    int restarts,
    long partMillis,
    Ranges ranges) {
  /** So many dropped uploads are remembered; the oldest ones are left to the bucket's lifecycle. */
  private static final int DROPPED_AT_MOST = 4;

  Checkpoint {
    int surplus = Math.max(0, dropped.size() - DROPPED_AT_MOST);
    dropped = List.copyOf(dropped.subList(surplus, dropped.size()));
  }

  /** What comes next. */
  enum Phase {
    /** The source is read through for its checksum, in ranges. */
    SUM,
    /** The upload is to be begun. */
    BEGIN,
    /** Parts are sent, then the whole is published. */
    MOVE
  }

  TransferPlan plan() {
    return ranges.plan();
  }

  Checkpoint withRanges(Ranges next) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        phase,
        upload,
        dropped,
        writeId,
        begun,
        lead,
        workers,
        idle,
        restarts,
        partMillis,
        next);
  }

  Checkpoint withLead(Optional<Lease> leader) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        phase,
        upload,
        dropped,
        writeId,
        begun,
        leader,
        workers,
        idle,
        restarts,
        partMillis,
        ranges);
  }

  Checkpoint withIdle(int invocations) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        phase,
        upload,
        dropped,
        writeId,
        begun,
        lead,
        workers,
        invocations,
        restarts,
        partMillis,
        ranges);
  }

  Checkpoint withPartMillis(long millis) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        phase,
        upload,
        dropped,
        writeId,
        begun,
        lead,
        workers,
        idle,
        restarts,
        millis,
        ranges);
  }

  Checkpoint withWorkers(int called) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        phase,
        upload,
        dropped,
        writeId,
        begun,
        lead,
        called,
        idle,
        restarts,
        partMillis,
        ranges);
  }

  /** The source's checksum is known now: the upload can be begun. */
  Checkpoint summed(Crc32c sum, Lease leader) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        Optional.of(sum),
        proof,
        Phase.BEGIN,
        upload,
        dropped,
        writeId,
        begun,
        Optional.of(leader),
        workers,
        idle,
        restarts,
        partMillis,
        Ranges.untouched(plan()));
  }

  /** The upload was begun: parts can be sent. */
  Checkpoint opened(Upload opened) {
    return new Checkpoint(
        version,
        likeness,
        destination,
        crc,
        proof,
        Phase.MOVE,
        Optional.of(opened),
        List.of(),
        writeId,
        begun,
        Optional.empty(),
        workers,
        idle,
        restarts,
        partMillis,
        ranges);
  }

  /** Every upload that this transfer knows of. */
  List<Upload> uploads() {
    List<Upload> uploads = new ArrayList<>(dropped);
    upload.ifPresent(uploads::add);
    return uploads;
  }
}
