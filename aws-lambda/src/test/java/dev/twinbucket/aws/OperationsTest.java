package dev.twinbucket.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.local.s3.S3Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators' operations and the delete guard, over HTTP, on several instances of the function. */
class OperationsTest {
  private static final String WORK = "work";
  private LocalClouds clouds;

  @BeforeEach
  void start() {
    clouds = new LocalClouds();
    clouds.sqs.createQueue(WORK, Map.of());
  }

  @AfterEach
  void stop() {
    clouds.close();
  }

  @Test
  void sixtyPercentOfABucketDeletedAtOnceAreHeldUntilReleasedWhileCopiesGoOn() throws IOException {
    List<ReplicationHandler> instances =
        List.of(handler("two-way"), handler("two-way"), handler("two-way"));
    for (int i = 0; i < 40; i++) {
      clouds.s3.put(LocalClouds.LEFT, "k" + i, utf8("v"));
    }
    invoke(instances.getFirst(), EventSource.batch(looks(0, 40)));
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).hasSize(40);
    for (int i = 0; i < 24; i++) {
      delete("k" + i);
    }
    clouds.s3.put(LocalClouds.LEFT, "new", utf8("v"));

    for (int i = 0; i < 3; i++) {
      String[] bodies = looks(8 * i, 8 * i + 8);
      assertThat(EventSource.failures(parse(invoke(instances.get(i), EventSource.batch(bodies)))))
          .isEmpty();
    }
    String copied = invoke(instances.getFirst(), utf8(look("new")));

    int standing = clouds.gcs.objects(LocalClouds.RIGHT).size();
    List<String> held = clouds.sqs.bodies(WORK);
    assertThat(copied).contains("\"copied\"");
    assertThat(standing).isBetween(21, 31);
    assertThat(held).hasSize(standing - 17);
    assertThat(clouds.sqs.depth(WORK).delayed()).isEqualTo(held.size());
    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS)).isEmpty();
    assertThat(clouds.lines).filteredOn(line -> line.contains("\"held\"")).hasSize(held.size());
    assertThat(invoke(instances.get(2), utf8("{\"twinbucket\":\"status\"}")))
        .contains("\"state\":\"held\"", "deletes within 60 minutes");

    invoke(instances.get(1), utf8("{\"twinbucket\":\"release\",\"rule\":\"pair\"}"));
    invoke(handler("two-way"), EventSource.batch(held.toArray(String[]::new)));

    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).hasSize(17);
  }

  @Test
  void aDirectionIsSwitchedOffForEveryInstanceAtOnce() throws IOException {
    ReplicationHandler one = handler("left-to-right");
    ReplicationHandler other = handler("left-to-right");
    clouds.s3.put(LocalClouds.LEFT, "a", utf8("v"));
    clouds.s3.put(LocalClouds.LEFT, "b", utf8("v"));
    invoke(one, utf8(look("a")));

    String answer =
        invoke(
            other,
            utf8("{\"twinbucket\":\"off\",\"rule\":\"pair\",\"direction\":\"left-to-right\"}"));

    assertThat(answer).contains("\"left-to-right\":\"off\"");
    assertThat(invoke(one, utf8(look("b")))).contains("\"held\"", "is switched off");
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).extracting("name").containsExactly("a");
  }

  @Test
  void noQueueBringsAnOperation() throws IOException {
    ReplicationHandler handler = handler("left-to-right");

    String answer =
        invoke(
            handler, EventSource.batch("{\"twinbucket\":\"off\",\"direction\":\"left-to-right\"}"));

    assertThat(EventSource.failures(parse(answer))).isEmpty();
    assertThat(clouds.sqs.bodies(LocalClouds.DEAD_LETTERS)).hasSize(1);
    assertThat(invoke(handler, utf8("{\"twinbucket\":\"status\"}")))
        .contains("\"left-to-right\":\"on\"");
  }

  @Test
  void aKeyIsExplainedAndNothingIsWritten() throws IOException {
    ReplicationHandler handler = handler("two-way");
    clouds.s3.put(LocalClouds.LEFT, "k", utf8("v"));
    invoke(handler, utf8(look("k")));
    delete("k");
    invoke(handler, utf8("{\"twinbucket\":\"off\",\"direction\":\"left-to-right\"}"));
    clouds.s3.resetRequests();
    clouds.gcs.resetRequests();

    JsonObject rule =
        parse(
                invoke(
                    handler,
                    utf8(
                        "{\"twinbucket\":\"explain\",\"provider\":\"gs\",\"bucket\":\"right\","
                            + "\"key\":\"k\"}")))
            .array("rules")
            .orElseThrow()
            .items()
            .getFirst()
            .asObject()
            .orElseThrow();

    assertThat(Json.write(rule))
        .contains("\"absent\":true", "written by Twinbucket from that version", "\"base\"")
        .contains("delete gs://right/k: its counterpart is gone")
        .contains("the direction left-to-right of the rule pair is switched off");
    assertThat(clouds.s3.requests())
        .doesNotContainKeys(S3Operation.PUT_OBJECT, S3Operation.DELETE_OBJECT);
    assertThat(clouds.gcs.objects(LocalClouds.RIGHT)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"twinbucket\":\"release\",\"rule\":\"other\"}",
        "{\"twinbucket\":\"release\",\"minute\":5}",
        "{\"twinbucket\":\"release\",\"count\":0}",
        "{\"twinbucket\":\"off\",\"direction\":\"right-to-left\"}",
        "{\"twinbucket\":\"explain\",\"provider\":\"s3\"}"
      })
  void aWrongRequestIsAnsweredWithItsFaultAndChangesNothing(String request) throws IOException {
    ReplicationHandler handler = handler("left-to-right");

    assertThat(invoke(handler, utf8(request))).startsWith("{\"error\":\"");
    assertThat(invoke(handler, utf8("{\"twinbucket\":\"status\"}")))
        .contains("\"left-to-right\":\"on\"")
        .doesNotContain("released");
  }

  @Test
  void everySampleOfAnOperationIsTaken() throws IOException {
    ReplicationHandler handler = handler("two-way");
    List<Path> samples = new ArrayList<>();
    for (String module : List.of("aws-lambda", "gcp-function")) {
      try (var files = Files.list(Path.of("..", module, "events", "operations"))) {
        samples.addAll(files.toList());
      }
    }
    assertThat(samples).hasSizeGreaterThanOrEqualTo(12);
    for (Path sample : samples) {
      assertThat(invoke(handler, Files.readAllBytes(sample)))
          .as(sample.toString())
          .doesNotContain("\"error\"")
          .contains("\"rule");
    }
  }

  private ReplicationHandler handler(String direction) {
    Map<String, String> environment = new HashMap<>(clouds.environment());
    environment.remove("TWINBUCKET_LEFT");
    environment.remove("TWINBUCKET_RIGHT");
    environment.remove("TWINBUCKET_DIRECTION");
    environment.remove("TWINBUCKET_STATE");
    environment.put(
        "TWINBUCKET_CONFIG",
        """
        {"rules": [{"name": "pair", "left": "s3://left", "right": "gs://right", "direction": "%s",
                    "deleteGuard": {"sharePercent": 50, "spared": 5}}],
         "state": "s3://left/.twinbucket/"}
        """
            .formatted(direction));
    environment.put("TWINBUCKET_WORK_QUEUE", clouds.sqs.url(WORK));
    return clouds.handler(environment);
  }

  private void delete(String key) {
    try (var s3 = clouds.s3()) {
      s3.deleteObject(delete -> delete.bucket(LocalClouds.LEFT).key(key));
    }
  }

  /** Hints of creations for what is there, of deletions for what is not. */
  private String[] looks(int from, int to) {
    List<String> looks = new ArrayList<>();
    for (int i = from; i < to; i++) {
      looks.add(look("k" + i));
    }
    return looks.toArray(String[]::new);
  }

  private String look(String key) {
    String type = clouds.s3.object(LocalClouds.LEFT, key).isPresent() ? "created" : "deleted";
    return ("{\"twinbucket\":\"look\",\"provider\":\"s3\",\"bucket\":\"left\",\"key\":\"%s\","
            + "\"type\":\"%s\"}")
        .formatted(key, type);
  }

  private static String invoke(ReplicationHandler handler, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(payload), out, Invoked.WITH_TIME);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonObject parse(String json) {
    return Json.parse(json, Limits.EVENT).asObject().orElseThrow();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
