package dev.twinbucket.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret is ever shown, wherever somebody put it by mistake. */
class SettingsSecretsTest {
  private static final String SECRET = "wJalrXUtnFEMI";
  private static final String ARN =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:minio-AbCdEf";

  private static String endpoint(String fields) {
    return """
        {"endpoints": {"e": {"type": "s3", "url": "https://e.example", %s}},
         "rules": [{"name": "r", "left": "e://left", "right": "gs://right-bucket"}]}
        """
        .formatted(fields);
  }

  private static void assertRefusedInSilence(
      Map<String, String> environment, DocumentSource documents) {
    Throwable refusal = catchThrowable(() -> Settings.read(environment, documents));

    assertThat(refusal).isInstanceOf(SettingsException.class);
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"credentials\": {\"accessKeyId\": \"i\", \"secretAccessKey\": \"SECRET\"}",
        "\"credentials\": \"SECRET\"",
        "\"credentials\": {\"environment\": \"SECRET\"}",
        "\"credentials\": {\"secret\": \"SECRET\"}",
        "\"credentials\": {\"profile\": \"[SECRET]\"}",
        "\"secretAccessKey\": \"SECRET\"",
        "\"credentials\": {\"secretAccessKey\": SECRET}",
        "\"credentials\": {\"secretAccessKey\": \"SECRET"
      })
  void inTheDocument(String fields) {
    String document = endpoint(fields.replace("SECRET", SECRET));

    assertRefusedInSilence(Map.of("TWINBUCKET_CONFIG", document), new TestingDocuments());
  }

  @Test
  void inTheUrlOfAnEndpoint() {
    String document =
        endpoint("\"tags\": true").replace("https://e", "https://user:" + SECRET + "@e");

    assertRefusedInSilence(Map.of("TWINBUCKET_CONFIG", document), new TestingDocuments());
  }

  @Test
  void inTheUrlOfAQueue() {
    assertRefusedInSilence(
        Map.of(
            "TWINBUCKET_LEFT", "s3://left-bucket",
            "TWINBUCKET_RIGHT", "gs://right-bucket",
            "TWINBUCKET_WORK_QUEUE", "https://user:" + SECRET + "@sqs.example/1/work"),
        new TestingDocuments());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SECRET",
        "{\"accessKeyId\": \"i\", \"secretAccessKey\": SECRET}",
        "{\"accessKeyId\": 1, \"secretAccessKey\": \"SECRET\"}",
        "{\"accessKeyId\": \"i\", \"secretAccessKey\": [\"SECRET\"]}",
        "{\"accessKeyId\": \"i\", \"secret\": \"SECRET\"}",
        "[\"SECRET\"]"
      })
  void inASecretOfAnotherShape(String secret) {
    assertRefusedInSilence(
        Map.of("TWINBUCKET_CONFIG", endpoint("\"credentials\": {\"secret\": \"" + ARN + "\"}")),
        new TestingDocuments().with(ARN, secret.replace("SECRET", SECRET)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TWINBUCKET_CONFIG", "TWINBUCKET_GOOGLE_CREDENTIALS", "TWINBUCKET_TOKEN"})
  void inAVariable(String variable) {
    assertRefusedInSilence(Map.of(variable, SECRET), new TestingDocuments());
  }

  @Test
  void inTheTextOfTheSettings() {
    Settings settings =
        Settings.read(
            Map.of(
                "TWINBUCKET_CONFIG",
                endpoint("\"credentials\": {\"environment\": \"E\"}"),
                "TWINBUCKET_GOOGLE_CREDENTIALS",
                "{\"private_key\": \"" + SECRET + "\"}",
                "E_ACCESS_KEY_ID",
                "id",
                "E_SECRET_ACCESS_KEY",
                SECRET,
                "E_SESSION_TOKEN",
                SECRET),
            new TestingDocuments());

    assertThat(settings.toString()).doesNotContain(SECRET);
    assertThat(settings.endpoints().toString()).doesNotContain(SECRET);
    assertThat(settings.endpoints().get("e").credentials())
        .isInstanceOfSatisfying(
            EndpointCredentials.Keys.class,
            keys -> assertThat(keys.secretAccessKey()).isEqualTo(SECRET));
  }
}
