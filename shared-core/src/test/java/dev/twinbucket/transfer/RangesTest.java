package dev.twinbucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.object.Crc32c;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RangesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(2));

  private static Lease lease(String owner) {
    return Lease.of(owner, LATER, "message of " + owner);
  }

  @Test
  void freePartsAreTakenFromTheBeginningAndNoMoreThanAsked() {
    Ranges ranges = Ranges.untouched(new TransferPlan(100, 10));

    Ranges.Take first = ranges.take(lease("a"), NOW, 3).orElseThrow();
    Ranges.Take second = first.ranges().take(lease("b"), NOW, 100).orElseThrow();

    assertThat(first.first()).isEqualTo(1);
    assertThat(first.parts()).isEqualTo(3);
    assertThat(first.touched()).isFalse();
    assertThat(second.first()).isEqualTo(4);
    assertThat(second.parts()).isEqualTo(7);
    assertThat(second.ranges().take(lease("c"), NOW, 1)).isEmpty();
  }

  @Test
  void aRangeWhoseHolderRanOutOfTimeIsTakenOverAsTouched() {
    Ranges held =
        Ranges.untouched(new TransferPlan(100, 10))
            .take(lease("a"), NOW, 10)
            .orElseThrow()
            .ranges();

    assertThat(held.take(lease("b"), LATER.minusMillis(1), 10)).isEmpty();
    assertThat(held.take(lease("b"), LATER, 10).orElseThrow().touched()).isTrue();
  }

  @Test
  void aRangeOfTheVeryMessageAtHandIsTakenOverAtOnceSinceItsHolderIsDead() {
    Ranges held =
        Ranges.untouched(new TransferPlan(100, 10))
            .take(lease("a"), NOW, 10)
            .orElseThrow()
            .ranges();

    Lease again = Lease.of("b", LATER, "message of a");

    assertThat(held.take(again, NOW, 4).orElseThrow().parts()).isEqualTo(4);
    assertThat(held.heldAgainst("b", "message of a", NOW)).isEmpty();
    assertThat(held.heldAgainst("c", "message of c", NOW)).hasSize(1);
  }

  @Test
  void holdersWithoutAMessageAreNeverTakenForDeadBeforeTheirTime() {
    Lease silent = Lease.of("a", LATER, "");
    Ranges held =
        Ranges.untouched(new TransferPlan(10, 10)).take(silent, NOW, 1).orElseThrow().ranges();

    assertThat(held.take(Lease.of("b", LATER, ""), NOW, 1)).isEmpty();
  }

  @Test
  void whatIsGivenBackIsFreeButForWhatHasArrived() {
    TransferPlan plan = new TransferPlan(100, 10);
    Ranges held = Ranges.untouched(plan).take(lease("a"), NOW, 5).orElseThrow().ranges();

    Ranges settled =
        held.settle(
            "a",
            Map.of(1, Optional.of(crcOf(plan, 1)), 3, Optional.of(crcOf(plan, 3))),
            new Ranges.Rest.GiveBack());

    assertThat(settled.partsDone()).isEqualTo(2);
    assertThat(settled.bytesDone()).isEqualTo(20);
    assertThat(settled.list()).hasSize(5);
    assertThat(settled.take(lease("b"), NOW, 9).orElseThrow().first()).isEqualTo(2);
  }

  @Test
  void aRangeInWhichAPartIsMissingIsOpenedAgain() {
    Ranges done = complete(new TransferPlan(100, 10));

    Ranges torn = done.reopen(List.of(4));

    assertThat(torn.isComplete()).isFalse();
    assertThat(torn.take(lease("b"), NOW, 100).orElseThrow().touched()).isTrue();
    assertThat(done.reopen(List.of())).isEqualTo(done);
  }

  @Test
  void whateverWorkersDoEveryPartIsDoneOnceAndTheChecksumIsTheWholes() {
    for (long seed = 1; seed <= 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int parts = 1 + random.nextInt(seed % 10 == 0 ? 2000 : 60);
      TransferPlan plan = new TransferPlan(parts * 8L - random.nextInt(8), 8);
      assertThat(finish(plan, random, 1 + random.nextInt(200)))
          .as("seed %d, %d parts", seed, parts)
          .isEqualTo(Crc32c.of(ByteBuffer.wrap(bytes(plan, 0, plan.size()))));
    }
  }

  /** Random workers that take, do, die and give back in random order until all is done. */
  private static Crc32c finish(TransferPlan plan, SplittableRandom random, int workers) {
    Ranges ranges = Ranges.untouched(plan);
    Map<String, Map<Integer, Optional<Crc32c>>> does = new HashMap<>();
    Map<String, List<Integer>> has = new TreeMap<>();
    Map<Integer, Optional<Crc32c>> arrived = new HashMap<>();
    Instant now = NOW;
    while (!ranges.isComplete()) {
      now = now.plusSeconds(random.nextInt(3));
      String worker = "w" + random.nextInt(workers);
      Lease lease = Lease.of(worker, now.plusSeconds(60), "m" + worker);
      int choice = random.nextInt(10);
      if (choice < 4) {
        Optional<Ranges.Take> take = ranges.take(lease, now, 1 + random.nextInt(5));
        if (take.isPresent()) {
          ranges = take.get().ranges();
          for (int i = 0; i < take.get().parts(); i++) {
            has.computeIfAbsent(worker, w -> new ArrayList<>()).add(take.get().first() + i);
          }
        }
      } else if (choice < 9) {
        for (int part : has.getOrDefault(worker, List.of())) {
          if (random.nextInt(3) > 0 && ranges.isTakenBy(worker, part)) {
            arrived.put(part, Optional.of(crcOf(plan, part)));
            does.computeIfAbsent(worker, w -> new HashMap<>()).put(part, arrived.get(part));
          }
        }
        Ranges.Rest rest =
            random.nextBoolean()
                ? new Ranges.Rest.Keep(now.plusSeconds(60))
                : new Ranges.Rest.GiveBack();
        ranges = ranges.settle(worker, does.getOrDefault(worker, Map.of()), rest);
      } else {
        has.remove(worker); // it dies
        does.remove(worker);
        now = now.plusSeconds(20);
      }
      assertThat(ranges.list()).hasSizeLessThanOrEqualTo(Ranges.MOST);
      assertThat(ranges.partsDone()).isLessThanOrEqualTo(arrived.size());
    }
    assertThat(ranges.bytesDone()).isEqualTo(plan.size());
    assertThat(ranges.list()).hasSize(1);
    return ranges.crc().orElseThrow();
  }

  private static Ranges complete(TransferPlan plan) {
    Map<Integer, Optional<Crc32c>> all = new HashMap<>();
    for (int part = 1; part <= plan.parts(); part++) {
      all.put(part, Optional.of(crcOf(plan, part)));
    }
    return Ranges.untouched(plan)
        .take(lease("a"), NOW, plan.parts())
        .orElseThrow()
        .ranges()
        .settle("a", all, new Ranges.Rest.GiveBack());
  }

  private static Crc32c crcOf(TransferPlan plan, int part) {
    return Crc32c.of(ByteBuffer.wrap(bytes(plan, plan.offset(part), plan.length(part))));
  }

  private static byte[] bytes(TransferPlan plan, long offset, long length) {
    byte[] bytes = new byte[(int) length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((offset + i) * 31 + plan.size());
    }
    return bytes;
  }
}
