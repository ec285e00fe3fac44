package dev.twinbucket.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.Limits;
import dev.twinbucket.local.gcs.GcsObjectView;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.http.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, with rules between two buckets of the embedded Cloud Storage, over HTTP. */
class CommandTest {
  private static final String RULES =
      """
      {"rules": [{"name": "photos", "left": "gs://left", "right": "gs://right"}],
       "state": "gs://state/rows/"}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private LocalGcs gcs;
  private Map<String, String> environment;

  @BeforeEach
  void start() {
    gcs = LocalGcs.start().createBucket("left").createBucket("right").createBucket("state");
    environment = new HashMap<>();
    environment.put("TWINBUCKET_CONFIG", RULES);
    environment.put("STORAGE_EMULATOR_HOST", gcs.endpoint());
  }

  @AfterEach
  void stop() {
    gcs.close();
  }

  @Test
  void whatIsSwitchedOffStaysOffUntilItIsSwitchedOn() {
    assertThat(run("off", "photos", "left-to-right")).isZero();
    assertThat(run("status")).isZero();
    assertThat(text(out)).contains("left-to-right: off", "right-to-left: on");

    assertThat(run("on", "photos")).isZero();
    assertThat(text(out)).contains("left-to-right: on").doesNotContain(": off");
  }

  @Test
  void heldDeletesAreReleasedForATimeAndANumber() {
    assertThat(run("release", "photos", "--count", "500", "--minutes", "30", "--json")).isZero();

    assertThat(
            Json.parse(text(out).strip(), Limits.EVENT).asObject().orElseThrow().object("released"))
        .hasValueSatisfying(released -> assertThat(released.integer("left")).contains(500L));
  }

  @Test
  void deletesFromBeforeNowAreDiscarded() {
    assertThat(run("discard", "photos")).isZero();

    assertThat(text(out)).contains("discardedBefore: 20");
  }

  @Test
  void aKeyIsExplainedAsItWasTyped() {
    assertThat(run("explain", "gs://left/a b%20c//ü")).isZero();

    assertThat(text(out))
        .contains("rule: photos", "absent: yes", "nothing: absent on both sides")
        .contains("a b%20c//");
  }

  @Test
  void aPlaceOutsideTheRulesIsSaidToBeOne() {
    assertThat(run("explain", "gs://other/k")).isZero();

    assertThat(text(out)).contains("no rule is about this place");
  }

  @Test
  void twoFilledBucketsAreBroughtInStep() throws Exception {
    put("left", "a");
    put("left", "both");
    put("right", "both");
    put("right", "z");

    assertThat(run("reconcile", "photos")).isZero();

    assertThat(text(out)).contains("complete: yes", "names: 3", "copied: 2");
    assertThat(text(err)).contains("progress");
    assertThat(names("left")).isEqualTo(names("right")).containsExactly("a", "both", "z");
  }

  @Test
  void aSideThatListsNothingIsAFailureAndNoReasonToDelete() throws Exception {
    put("left", "a");
    assertThat(run("reconcile", "photos")).isZero();
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(gcs.endpoint() + "/storage/v1/b/left/o/a"))
                .DELETE()
                .build(),
            HttpResponse.BodyHandlers.discarding());

    assertThat(run("reconcile", "photos")).isOne();

    assertThat(text(out)).contains("complete: no", "one side lists nothing at all");
    assertThat(names("right")).containsExactly("a");
  }

  @Test
  void thereIsNothingToSweepWhereNothingIsUnderWay() {
    assertThat(run("sweep", "photos", "--hours", "24")).isZero();

    assertThat(text(out)).contains("complete: yes", "aborted: 0");
  }

  @Test
  void aStateThatCannotBeAskedIsAFailureAndNoAnswer() {
    gcs.faults().on(_ -> true).always().inject(new Fault.Answer(403, Map.of(), ""));

    assertThat(run("off", "photos")).isOne();

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).contains("error:");
  }

  @Test
  void aStateInMemoryIsNobodyElses() {
    environment.put("TWINBUCKET_STATE", "memory:");

    assertThat(run("off", "photos")).isEqualTo(2);
    assertThat(text(err)).contains("memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reboot",
        "off",
        "off photos upwards",
        "off videos",
        "off photos left-to-right now",
        "release photos --count",
        "release photos --count many",
        "release photos --count 0",
        "release photos --hours 3",
        "explain",
        "explain k",
        "explain gs://left",
        "explain gs://left/",
        "explain ftp://left/k",
        "status --everything",
        "reconcile",
        "reconcile videos",
        "reconcile photos --from somewhere",
        "reconcile photos now",
        "sweep",
        "sweep photos --hours 1",
        "sweep videos"
      })
  void aWrongCallDoesNothing(String typed) {
    assertThat(run(typed.isEmpty() ? new String[0] : typed.split(" "))).isEqualTo(2);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isNotEmpty();
    assertThat(gcs.objects("state")).isEmpty();
  }

  @Test
  void aWrongConfigurationIsTold() {
    environment.put("TWINBUCKET_LOG_LEVEL", "loud");

    assertThat(run("status")).isEqualTo(2);
    assertThat(text(err)).contains("TWINBUCKET_LOG_LEVEL");
  }

  @Test
  void helpIsAlwaysThere() {
    assertThat(run("release", "--help")).isZero();
    assertThat(text(out)).contains("Usage: twinbucket explain");
  }

  private void put(String bucket, String name) throws IOException, InterruptedException {
    URI place =
        URI.create(
            "%s/upload/storage/v1/b/%s/o?uploadType=media&name=%s"
                .formatted(gcs.endpoint(), bucket, name));
    HttpResponse<Void> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(place)
                    .POST(HttpRequest.BodyPublishers.ofString(name))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private List<String> names(String bucket) {
    return gcs.objects(bucket).stream().map(GcsObjectView::name).sorted().toList();
  }

  private int run(String... typed) {
    out.reset();
    err.reset();
    return new Command(environment, print(out), print(err)).run(List.of(typed));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
