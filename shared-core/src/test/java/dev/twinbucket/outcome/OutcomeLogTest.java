package dev.twinbucket.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.event.EventType;
import dev.twinbucket.event.ObjectEvent;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.settings.LogLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeLogTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC);
  private static final BucketLocation LEFT = new BucketLocation("s3", "left");
  private static final BucketLocation RIGHT = new BucketLocation("gs", "right");

  private final List<String> lines = new ArrayList<>();

  @Test
  void aCopyTellsWhereFromWhereToHowMuchAndHowLong() {
    write(LogFormat.PLAIN, LogLevel.INFO, copied("k"));

    assertThat(lines)
        .containsExactly(
            "{\"level\":\"info\",\"outcome\":\"copied\",\"rule\":\"pair\",\"source\":\"s3://left/k\","
                + "\"destination\":\"gs://right/k\",\"event\":\"created\",\"bytes\":5,\"ms\":20,"
                + "\"lagMs\":300}");
  }

  @Test
  void cloudWatchFindsItsMetricsInTheLine() {
    write(LogFormat.CLOUDWATCH, LogLevel.INFO, copied("k"));

    assertThat(lines.getFirst())
        .endsWith(
            "\"Outcomes\":1,\"Bytes\":5,\"LagMilliseconds\":300,\"_aws\":{\"Timestamp\":1000,"
                + "\"CloudWatchMetrics\":[{\"Namespace\":\"Twinbucket\","
                + "\"Dimensions\":[[\"outcome\",\"rule\"]],\"Metrics\":["
                + "{\"Name\":\"Outcomes\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"Bytes\",\"Unit\":\"Bytes\"},"
                + "{\"Name\":\"LagMilliseconds\",\"Unit\":\"Milliseconds\"}]}]}}");
  }

  @Test
  void aLineWithoutARuleHasNoDimensionWithoutAValue() {
    write(
        LogFormat.CLOUDWATCH,
        LogLevel.INFO,
        OutcomeLine.ofNotification(new Outcome.Superseded("s3:TestEvent")));

    assertThat(lines.getFirst()).contains("\"Dimensions\":[[\"outcome\"]]", "\"source\":\"-\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0,under-1m",
    "59,under-1m",
    "60,under-15m",
    "900,under-1h",
    "3600,under-1d",
    "86399,under-1d",
    "86400,over-1d"
  })
  void whatIsPendingIsCountedByItsAgeWithItsBytes(long seconds, String age) {
    OutcomeLine pending =
        new OutcomeLine(
            "rule",
            "s3://left/k",
            "created",
            new Outcome.Failed(FailureReason.UNAVAILABLE, "no"),
            Duration.ZERO,
            Optional.of(Duration.ofSeconds(seconds)),
            OptionalLong.of(42));

    write(LogFormat.CLOUDWATCH, LogLevel.INFO, pending);

    assertThat(lines.getFirst())
        .contains("\"age\":\"" + age + "\"", "\"size\":42")
        .contains("\"Pending\":1,\"PendingBytes\":42")
        .contains(
            "{\"Namespace\":\"Twinbucket\",\"Dimensions\":[[\"age\",\"rule\"]],\"Metrics\":["
                + "{\"Name\":\"Pending\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"PendingBytes\",\"Unit\":\"Bytes\"}]}")
        .contains("\"Dimensions\":[[\"reason\",\"rule\"]]", "\"reason\":\"unavailable\"");
  }

  @Test
  void whatIsDoneIsNotPending() {
    write(LogFormat.CLOUDWATCH, LogLevel.INFO, copied("k"));

    assertThat(lines.getFirst()).doesNotContain("Pending", "\"age\"", "\"size\"");
  }

  @Test
  void cloudLoggingFindsSeverityAndMessage() {
    write(LogFormat.GOOGLE, LogLevel.INFO, failed("k"));

    assertThat(lines.getFirst())
        .startsWith(
            "{\"severity\":\"WARNING\",\"message\":\"failed s3://left/k (access-denied): no\",")
        .contains("\"reason\":\"access-denied\",\"detail\":\"no\"");
  }

  @Test
  void linesBelowTheLevelAreNotWritten() {
    write(LogFormat.PLAIN, LogLevel.WARN, copied("k"));
    assertThat(lines).isEmpty();

    write(LogFormat.PLAIN, LogLevel.WARN, failed("k"));
    assertThat(lines).hasSize(1);
  }

  @Test
  void aKeyCannotForgeALine() {
    write(LogFormat.PLAIN, LogLevel.INFO, failed("a\n{\"outcome\":\"copied\"}\u202E"));

    assertThat(lines.getFirst())
        .doesNotContain("\n")
        .contains("s3://left/a\\\\u000a{\\\"outcome\\\":\\\"copied\\\"}\\\\u202e");
  }

  private void write(LogFormat format, LogLevel least, OutcomeLine line) {
    new OutcomeLog(format, least, CLOCK, lines::add).write(line);
  }

  private static OutcomeLine copied(String key) {
    return line(key, new Outcome.Copied(LEFT.object(key), RIGHT.object(key), 5));
  }

  private static OutcomeLine failed(String key) {
    return line(key, new Outcome.Failed(FailureReason.ACCESS_DENIED, "no"));
  }

  private static OutcomeLine line(String key, Outcome outcome) {
    return OutcomeLine.of(
        new Report(
            "pair",
            ObjectEvent.look("s3", "left", key, EventType.CREATED),
            outcome,
            Duration.ofMillis(20),
            Optional.of(Duration.ofMillis(300))));
  }
}
