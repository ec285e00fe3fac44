package dev.twinbucket.transfer;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.rule.Side;
import dev.twinbucket.rule.SideName;
import dev.twinbucket.state.StateStore;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Stores;
import dev.twinbucket.time.Deadline;
import dev.twinbucket.transfer.CheckpointLedger.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Aborts the uploads of transfers that nobody has got on with for long, as when their message lies
 * with the dead letters: what is staged under the reserved prefix by its age alone, any other
 * upload only if a transfer's row says that it is ours. What other programs have begun stays.
 *
 * <p>A transfer that is alive after all loses nothing but time: whoever goes on with it finds its
 * upload gone, and begins another.
 */
public final class Sweep {
  private static final Duration LEAST_TIME = Duration.ofSeconds(35);

  private final Stores stores;
  private final CheckpointLedger ledger;

  /** On these stores, with the rows of this state. */
  public Sweep(Stores stores, StateStore state) {
    this.stores = stores;
    this.ledger = new CheckpointLedger(state);
  }

  /**
   * What a sweep found on one rule's sides.
   *
   * @param aborted uploads, and what completions had left
   * @param young of ours, or staged, and not old enough or being worked on
   * @param foreign uploads that no row knows
   * @param complete whether there was time for all
   */
  public record Swept(int aborted, int young, int foreign, boolean complete) {
    private Swept plus(int more, int tooYoung, int unknown) {
      return new Swept(aborted + more, young + tooYoung, foreign + unknown, complete);
    }

    private Swept cutShort() {
      return new Swept(aborted, young, foreign, false);
    }
  }

  /**
   * Sweeps both sides of a rule.
   *
   * @param rule whose
   * @param olderThan how long ago an upload must have been begun
   * @param deadline after which nothing is begun; its clock says what time it is
   * @param told hears of the place of everything that is aborted
   * @throws StoreException if a store could not be asked; what was swept until then is swept
   */
  public Swept run(
      Rule rule, Duration olderThan, Deadline deadline, Consumer<ObjectLocation> told) {
    Instant before = deadline.clock().instant().minus(olderThan);
    Swept swept = new Swept(0, 0, 0, true);
    for (SideName which : SideName.values()) {
      Side side = rule.side(which);
      Round round = new Round(rule, side, before, deadline, told);
      swept = round.staged(swept);
      swept = round.recorded(swept);
    }
    return swept;
  }

  private final class Round {
    private final Rule rule;
    private final Side side;
    private final Instant before;
    private final Deadline deadline;
    private final Consumer<ObjectLocation> told;
    private final MultipartUploads uploads;

    Round(Rule rule, Side side, Instant before, Deadline deadline, Consumer<ObjectLocation> told) {
      this.rule = rule;
      this.side = side;
      this.before = before;
      this.deadline = deadline;
      this.told = told;
      this.uploads = stores.of(side.bucket()).multipart();
    }

    Swept staged(Swept so) {
      return each(
          MultipartUploads.STAGING_PREFIX,
          so,
          (found, swept) -> {
            if (!found.begun().isBefore(before)) {
              return swept.plus(0, 1, 0);
            }
            abort(found);
            return swept.plus(1, 0, 0);
          });
    }

    Swept recorded(Swept so) {
      return each(side.prefix(), so, this::ifRecorded);
    }

    private Swept ifRecorded(OpenUploads.Open found, Swept swept) {
      String key = found.upload().staging().key();
      if (key.startsWith(MultipartUploads.STAGING_PREFIX)) {
        return swept;
      }
      Optional<Entry> entry = side.nameOf(key).map(name -> ledger.read(rule.name(), name));
      Optional<Checkpoint> row = entry.flatMap(Entry::checkpoint).filter(c -> names(c, found));
      if (row.isEmpty()) {
        return swept.plus(0, 0, 1);
      }
      Instant now = deadline.clock().instant();
      boolean atWork = !row.get().ranges().heldAgainst("", "", now).isEmpty();
      if (atWork || !found.begun().isBefore(before)) {
        return swept.plus(0, 1, 0);
      }
      abort(found);
      if (row.get().upload().filter(u -> u.id().equals(found.upload().id())).isPresent()) {
        ledger.remove(entry.get());
      }
      return swept.plus(1, 0, 0);
    }

    private void abort(OpenUploads.Open found) {
      uploads.abort(found.upload());
      told.accept(found.upload().staging());
    }

    private Swept each(String prefix, Swept so, Step step) {
      BucketLocation bucket = side.bucket();
      Swept swept = so;
      Optional<String> after = Optional.empty();
      do {
        if (!deadline.allows(LEAST_TIME)) {
          return swept.cutShort();
        }
        OpenUploads page = uploads.open(bucket, prefix, after);
        for (OpenUploads.Open found : page.uploads()) {
          if (!deadline.allows(LEAST_TIME)) {
            return swept.cutShort();
          }
          swept = step.on(found, swept);
        }
        after = page.next();
      } while (after.isPresent());
      return swept;
    }
  }

  private static boolean names(Checkpoint row, OpenUploads.Open found) {
    return row.uploads().stream().anyMatch(upload -> upload.id().equals(found.upload().id()));
  }

  @FunctionalInterface
  private interface Step {
    Swept on(OpenUploads.Open found, Swept so);
  }
}
