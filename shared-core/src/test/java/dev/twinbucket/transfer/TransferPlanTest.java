package dev.twinbucket.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.store.PartLimits;
import dev.twinbucket.transfer.TransferPlan.Result;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferPlanTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;
  private static final long WISH = 8 * MIB;
  private static final long PLENTY = 64 * GIB;

  @ParameterizedTest
  @CsvSource({
    // bytes, memory in MiB, part size in MiB, parts
    "8388609, 96, 8, 2",
    "16777216, 96, 8, 2",
    "16777217, 96, 8, 3",
    "1073741824, 96, 8, 128",
    "53687091200, 96, 12, 4267",
    "53687091200, 2500, 51, 1004",
    "5368709121, 96, 8, 641",
    "88080384000, 96, 12, 7000",
    "5497558138880, 2500, 525, 9987",
  })
  void partsGrowWithTheObjectAndFitIntoMemoryEightTimesWhereTheLimitsAllow(
      long size, long memory, long partSize, int parts) {
    TransferPlan plan = plan(size, PartLimits.GCS, memory * MIB);

    assertThat(plan.partSize()).isEqualTo(partSize * MIB);
    assertThat(plan.parts()).isEqualTo(parts);
  }

  @Test
  void everySizeThatFitsIsCoveredExactlyWithinTheLimitsAndTheMemory() {
    long seed = 20261121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      PartLimits limits = random.nextBoolean() ? PartLimits.S3 : PartLimits.GCS;
      long size = 1 + random.nextLong(1L << random.nextInt(1, 45)) % limits.largestObject();
      long memory = 32 * MIB + random.nextLong(1L << random.nextInt(20, 34));
      switch (TransferPlan.of(size, limits, WISH, memory)) {
        case Result.Fits(TransferPlan plan) -> {
          assertThat(plan.parts()).isBetween(1, limits.parts());
          assertThat(plan.partSize()).isBetween(limits.smallestPart(), limits.largestPart());
          assertThat(plan.length(1)).isLessThanOrEqualTo(memory);
          assertThat(plan.offset(plan.parts()) + plan.length(plan.parts())).isEqualTo(size);
          assertThat(plan.length(plan.parts())).isPositive();
          assertThat(plan.bytes(1, plan.parts())).isEqualTo(size);
        }
        case Result.TooLittleMemory(long bytes) -> assertThat(bytes).isGreaterThan(memory);
        case Result.TooLarge(String why) -> throw new AssertionError(size + ": " + why);
      }
    }
  }

  @Test
  void theLargestObjectsOfBothCloudsHaveAPlan() {
    assertThat(plan(5 * TIB, PartLimits.GCS, PLENTY).parts()).isLessThanOrEqualTo(10_000);
    // Ten thousand parts of 5 GiB: one such part is more than one array holds.
    assertThat(TransferPlan.of(PartLimits.S3.largestObject(), PartLimits.S3, WISH, PLENTY))
        .isEqualTo(new Result.TooLittleMemory(5 * GIB));
  }

  @Test
  void whatTheDestinationCannotHoldIsTooLarge() {
    assertThat(TransferPlan.of(5 * TIB + 1, PartLimits.GCS, WISH, PLENTY))
        .isInstanceOf(Result.TooLarge.class);
    assertThat(TransferPlan.of(PartLimits.S3.largestObject() + 1, PartLimits.S3, WISH, PLENTY))
        .isInstanceOf(Result.TooLarge.class);
  }

  @Test
  void aPartThatMemoryCannotHoldIsSaidWithItsSize() {
    assertThat(TransferPlan.of(5 * TIB, PartLimits.GCS, WISH, 96 * MIB))
        .isEqualTo(new Result.TooLittleMemory(525 * MIB));
  }

  @Test
  void anObjectOfOneShortPartNeedsNoMoreMemoryThanItself() {
    assertThat(TransferPlan.of(3, PartLimits.S3, WISH, 1024)).isInstanceOf(Result.Fits.class);
  }

  private static TransferPlan plan(long size, PartLimits limits, long memory) {
    return TransferPlan.of(size, limits, WISH, memory) instanceof Result.Fits(TransferPlan plan)
        ? plan
        : throwNoPlan(size);
  }

  private static TransferPlan throwNoPlan(long size) {
    throw new AssertionError("no plan for " + size);
  }
}
