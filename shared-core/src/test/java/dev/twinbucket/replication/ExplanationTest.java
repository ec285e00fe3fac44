package dev.twinbucket.replication;

import static dev.twinbucket.rule.SideName.LEFT;
import static dev.twinbucket.rule.SideName.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.rule.DeleteGuard;
import dev.twinbucket.rule.Direction;
import dev.twinbucket.rule.RuleSet;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a key is what would be done, and nothing is done. */
class ExplanationTest {
  private final Bench bench = new Bench(Direction.TWO_WAY, DeleteGuard.DEFAULT);

  @Test
  void aKeyThatNobodyKnows() {
    assertThat(explained("k"))
        .contains("nothing was ever settled", "\"absent\":true", "nothing: absent on both sides");
  }

  @Test
  void aSettledKeyShowsItsBaseAndWhatTheStampProves() {
    bench.settle(LEFT, "k");

    String said = explained("k");

    assertThat(said)
        .contains("written by Twinbucket from that version, and untouched since")
        .contains("there is none, so a user wrote this")
        .contains("nothing: nothing changed since the base")
        .contains(bench.object(RIGHT, "k").orElseThrow().version().token());
  }

  @Test
  void aDeletionShowsWhatWouldGoAndWhatKeepsIt() {
    bench.settle(LEFT, "k");
    bench.delete(LEFT, "k");
    assertThat(explained("k"))
        .contains("delete gs://right/k: its counterpart is gone")
        .doesNotContain("butNot");

    bench.command(controls -> controls.withClosed(RIGHT, true));
    assertThat(explained("k")).contains("\"butNot\":\"the direction left-to-right");

    bench.command(controls -> controls.withClosed(RIGHT, false).discarded(bench.clock.instant()));
    assertThat(explained("k")).contains("\"butNot\":\"deletes whose notifications are from before");
  }

  @Test
  void aCopyWithAnOldStampIsAnObjectOfItsOwnUnlessItsCounterpartWasDeleted() {
    Bench forgetful = new Bench(Direction.TWO_WAY, DeleteGuard.DEFAULT);
    forgetful.settle(LEFT, "k");
    forgetful.state.read("r/k").ifPresent(row -> forgetful.state.remove("r/k", row));
    forgetful.delete(LEFT, "k");

    assertThat(explained(forgetful, "k"))
        .contains("\"hint\":\"a look\",\"decision\":\"copy gs://right/k to s3://left/k\"")
        .contains("\"hint\":\"the notification of a deletion on the left\"")
        .contains("delete gs://right/k");
  }

  @Test
  void aSideThatCannotBeLookedAtLeavesItUndecided() {
    bench.settle(LEFT, "k");
    bench.beforeCall =
        call -> {
          if (call.equals("observe")) {
            throw new StoreException.Unavailable("nobody answers", null);
          }
        };

    assertThat(explained("k")).contains("\"undecided\"", "nobody answers").contains("\"base\"");
  }

  @Test
  void aOneWayRuleRemembersNothingAndIsExplainedAllTheSame() {
    Bench oneWay = new Bench(Direction.LEFT_TO_RIGHT, DeleteGuard.DEFAULT);
    oneWay.put(LEFT, "k", "v");

    assertThat(explained(oneWay, "k"))
        .contains("copy s3://left/k to gs://right/k")
        .doesNotContain("remembered");
  }

  @Test
  void theLastOutcomesAreToldTheLatestFirst() {
    bench.settle(LEFT, "k");
    bench.handle(LEFT, "k", EventType.METADATA_CHANGED);
    bench.delete(LEFT, "k");
    bench.close(RIGHT, true);
    bench.handle(LEFT, "k", EventType.DELETED);
    bench.clock.advance(Duration.ofMinutes(15));
    bench.handle(LEFT, "k", EventType.DELETED);
    bench.close(RIGHT, false);
    bench.handle(LEFT, "k", EventType.DELETED);

    String said = explained("k");

    assertThat(said)
        .containsSubsequence(
            "Z deleted from gs://right\"",
            "Z held: the direction left-to-right of the rule r is switched off\"",
            "Z copied to gs://right, 6 bytes\"");
    assertThat(said.split("Z held:")).as("held twice, told once").hasSize(2);
  }

  @Test
  void nothingIsWritten() {
    bench.settle(LEFT, "k");
    bench.delete(LEFT, "k");
    List<String> calls = new ArrayList<>();
    bench.beforeCall = calls::add;
    String before = bench.state.read("r/k").orElseThrow().revision();

    explained("k");

    assertThat(calls).containsOnly("observe");
    assertThat(bench.state.read("r/k").orElseThrow().revision()).isEqualTo(before);
    assertThat(bench.state.read("#rule/r")).isEmpty();
  }

  @Test
  void theLogQueriesQuoteTheKey() {
    assertThat(explained("a\"b")).contains("filter source in [\\\"s3://left/a\\\\\\\"b\\\"");
  }

  private String explained(String key) {
    return explained(bench, key);
  }

  private static String explained(Bench bench, String key) {
    JsonObject said =
        bench
            .function()
            .explain(
                new RuleSet.Match(bench.rule, LEFT, key),
                ObjectEvent.look("s3", "left", key, EventType.METADATA_CHANGED),
                Deadline.in(Duration.ofMinutes(1), bench.clock));
    return Json.write(said);
  }
}
