package dev.twinbucket.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.guard.Allowance.Answer;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.SideName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Blocks of permits, near and far from the limits. */
class AllowanceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final DeleteGuard GUARD = new DeleteGuard(true, Duration.ofHours(1), 1000, 50, 20);

  @Test
  void aProcessIsGivenWhatItAsksForAsLongAsMuchIsLeft() {
    Answer.Block block = block(counted(10_000), 100);

    assertThat(block.permits()).isEqualTo(100);
    assertThat(block.next().window().orElseThrow().tally(SideName.RIGHT).permitted())
        .isEqualTo(100);
  }

  @Test
  void blocksGrowSmallTowardsTheLimitAndNeverPassIt() {
    Controls controls = counted(600);
    long total = 0;
    int blocks = 0;
    while (answer(controls, 1024) instanceof Answer.Block block) {
      assertThat(block.permits()).isPositive();
      total += block.permits();
      blocks++;
      controls = block.next();
    }
    assertThat(total).isEqualTo(300);
    assertThat(blocks).isLessThan(60);
    assertThat(answer(controls, 1))
        .isInstanceOfSatisfying(
            Answer.Stop.class,
            stop ->
                assertThat(stop.why())
                    .isEqualTo(
                        "more than 300 deletes within 60 minutes, when 600 objects stand there and"
                            + " 50 % of them may go"));
  }

  @Test
  void theShareIsAskedForOnceTheSparedOnesAreGone() {
    Controls controls = Controls.NONE;
    long total = 0;
    while (answer(controls, 5) instanceof Answer.Block block) {
      total += block.permits();
      controls = block.next();
    }
    assertThat(total).isEqualTo(20);
    assertThat(answer(controls, 5)).isInstanceOf(Answer.Uncounted.class);
  }

  @Test
  void nothingNeedsCountingIfTheCountIsReachedBefore() {
    DeleteGuard narrow = new DeleteGuard(true, Duration.ofHours(1), 10, 50, 20);
    Controls controls = Controls.NONE;
    for (int i = 0; i < 10; i++) {
      controls = ((Answer.Block) answer(narrow, controls, NOW, 1)).next();
    }
    assertThat(answer(narrow, controls, NOW, 1)).isInstanceOf(Answer.Stop.class);
  }

  @Test
  void permitsOfAWindowThatIsOverAreVoid() {
    Controls controls = block(counted(600), 10).next();

    assertThat(new Allowance(controls, GUARD, SideName.RIGHT, NOW).current()).contains("w");
    assertThat(new Allowance(controls, GUARD, SideName.RIGHT, NOW.plus(GUARD.window())).current())
        .isEmpty();
  }

  @Test
  void aClockThatWasFarAheadDoesNotKeepAWindowOpenForEver() {
    Controls controls =
        new Allowance(Controls.NONE, GUARD, SideName.RIGHT, NOW.plus(Duration.ofDays(3)))
            .counted(600, "w");

    assertThat(new Allowance(controls, GUARD, SideName.RIGHT, NOW).current()).isEmpty();
  }

  @Test
  void anEmptyListingAllowsNoMoreThanTheSparedOnes() {
    assertThat(GUARD.allowedOf(0)).isEqualTo(20);
    assertThat(GUARD.allowedOf(59)).isEqualTo(29);
    assertThat(GUARD.allowedOf(Long.MAX_VALUE)).isEqualTo(1000);
    assertThat(GUARD.allowedOf(GUARD.enough())).isEqualTo(1000);
    assertThat(GUARD.allowedOf(GUARD.enough() - 1)).isLessThan(1000);
  }

  private static Controls counted(long standing) {
    return new Allowance(Controls.NONE, GUARD, SideName.RIGHT, NOW).counted(standing, "w");
  }

  private static Answer.Block block(Controls controls, long wanted) {
    return (Answer.Block) answer(controls, wanted);
  }

  private static Answer answer(Controls controls, long wanted) {
    return answer(GUARD, controls, NOW, wanted);
  }

  private static Answer answer(DeleteGuard guard, Controls controls, Instant now, long wanted) {
    return new Allowance(controls, guard, SideName.RIGHT, now).answer(wanted, "w");
  }
}
