package dev.twinbucket.transfer;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Begins transfers. A row says first that an upload is about to be begun; then it is begun; then
 * the row says which it is. Whoever finds a row whose beginner died in between looks for the upload
 * that nobody wrote down, and aborts it.
 */
final class Beginning {
  /** How long one invocation alone may begin an upload. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private final Run run;

  Beginning(Run run) {
    this.run = run;
  }

  /**
   * The first state of a transfer.
   *
   * @param before what its row held so far: another transfer, or this very one, whose upload is of
   *     no use any more
   */
  Checkpoint first(TransferJob job, TransferPlan plan, Optional<Checkpoint> before) {
    ObjectSnapshot source = job.source();
    boolean sumsFirst =
        source.crc().isEmpty()
            && !run.stores().of(job.destination()).capabilities().stampsAtCompletion();
    boolean again = before.filter(job::isOf).isPresent();
    List<Upload> dropped = before.map(Checkpoint::uploads).orElse(List.of());
    before.ifPresent(run::abortUnrecorded);
    // What was summed once need not be summed again.
    Optional<Crc32c> crc = source.crc().or(() -> before.filter(job::isOf).flatMap(Checkpoint::crc));
    return new Checkpoint(
        source.version(),
        job.likeness(),
        job.destination(),
        crc,
        source.crc().isPresent() ? Proof.SOURCE_AND_DESTINATION : Proof.READ_AND_DESTINATION,
        sumsFirst && crc.isEmpty() ? Checkpoint.Phase.SUM : Checkpoint.Phase.BEGIN,
        Optional.empty(),
        dropped,
        run.party().writeIds().get(),
        run.now(),
        sumsFirst && crc.isEmpty() ? Optional.empty() : Optional.of(run.lease(LEASE)),
        1,
        again ? before.orElseThrow().idle() : 0,
        again ? before.orElseThrow().restarts() + 1 : 0,
        0,
        Ranges.untouched(plan));
  }

  /**
   * Begins the upload of a row that this run leads.
   *
   * @param fresh whether this run has just written that row: then no upload can be left over
   */
  Run.Moved begin(TransferJob job, Entry entry, boolean fresh) {
    Checkpoint checkpoint = entry.checkpoint().orElseThrow();
    if (!fresh) {
      run.abort(Unrecorded.uploads(run, checkpoint));
    }
    run.abort(checkpoint.dropped());
    MultipartUploads uploads = run.uploads(job.destination());
    Upload upload =
        uploads.create(
            new UploadRequest(
                job.destination(),
                checkpoint.writeId(),
                job.source().attributes(),
                checkpoint.crc().map(crc -> stamp(job, checkpoint, crc)),
                job.placement()));
    Run.Moved moved = run.move(entry, checkpoint.opened(upload));
    if (!moved.done()) {
      uploads.abort(upload);
    }
    return moved;
  }

  /** The stamp of the replica, the same at the beginning and at the end of an upload. */
  static Provenance stamp(TransferJob job, Checkpoint checkpoint, Crc32c crc) {
    return new Provenance(
        Provenance.originOf(job.source().location()),
        checkpoint.version(),
        crc,
        job.source().attributes().digest(),
        checkpoint.writeId());
  }
}
