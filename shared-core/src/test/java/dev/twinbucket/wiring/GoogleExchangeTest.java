package dev.twinbucket.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.Credentials;
import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.json.Limits;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The way from Lambda to Google Cloud, over HTTP: Google's STS trades a signed request to AWS for a
 * token. Who signs it comes from the SDK, which is what survives a snapshot.
 */
class GoogleExchangeTest {
  private static final String AUDIENCE =
      "//iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/pool/providers/aws";
  private static final Map<String, String> ENVIRONMENT = Map.of("AWS_REGION", "eu-central-1");

  private final List<JsonObject> proofs = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> exchanges = new CopyOnWriteArrayList<>();
  private final List<String> impersonations = new CopyOnWriteArrayList<>();
  private boolean refuses;
  private final LocalHttpServer google = LocalHttpServer.start(0, this::answer);

  private void answer(HttpCall call) throws IOException {
    String body = new String(call.body().readAllBytes(), StandardCharsets.UTF_8);
    if (call.rawPath().equals("/v1/token")) {
      Map<String, String> form =
          Arrays.stream(body.split("&", -1))
              .map(field -> field.split("=", 2))
              .collect(Collectors.toMap(f -> decode(f[0]), f -> decode(f[1])));
      exchanges.add(form);
      // The subject token is a request in JSON, percent-encoded once more.
      proofs.add(
          Json.parse(decode(form.get("subject_token")), Limits.EVENT).asObject().orElseThrow());
      if (refuses) {
        call.respond(
            400,
            "application/json",
            "{\"error\":\"invalid_grant\",\"error_description\":\"the role is not admitted\"}");
        return;
      }
      call.respond(
          200,
          "application/json",
          "{\"access_token\":\"federated-"
              + exchanges.size()
              + "\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\","
              + "\"token_type\":\"Bearer\",\"expires_in\":3600}");
    } else {
      impersonations.add(call.rawPath() + " " + call.header("Authorization").orElse("-"));
      call.respond(
          200,
          "application/json",
          "{\"accessToken\":\"impersonated\",\"expireTime\":\"2100-01-01T00:00:00Z\"}");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private String configuration(boolean impersonates) {
    return "{\"type\":\"external_account\",\"audience\":\""
        + AUDIENCE
        + "\",\"subject_token_type\":\"urn:ietf:params:aws:token-type:aws4_request\",\"token_url\":\""
        + "https://sts.googleapis.com/v1/token\","
        + (impersonates
            ? "\"service_account_impersonation_url\":\""
                + "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/twinbucket@p.iam.gserviceaccount.com:generateAccessToken\","
            : "")
        + "\"credential_source\":{\"environment_id\":\"aws1\",\"regional_cred_verification_url\":"
        + "\"https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15\"}}";
  }

  private Credentials credentials(AwsCredentialsProvider aws, boolean impersonates) {
    return GoogleIdentity.read(
        configuration(impersonates),
        aws,
        AwsProof.region(ENVIRONMENT),
        // Google's library takes https alone, and so the way to this machine is bent below it.
        () ->
            new NetHttpTransport.Builder()
                .setConnectionFactory(
                    url ->
                        (HttpURLConnection)
                            URI.create(google.endpoint() + url.getFile()).toURL().openConnection())
                .build());
  }

  private static String token(Credentials credentials) throws IOException {
    return credentials
        .getRequestMetadata(URI.create("https://storage.googleapis.com/"))
        .get("Authorization")
        .getFirst();
  }

  private static Map<String, String> headers(JsonObject proof) {
    return proof.array("headers").orElseThrow().items().stream()
        .map(header -> header.asObject().orElseThrow())
        .collect(
            Collectors.toMap(
                header -> header.string("key").orElseThrow(),
                header -> header.string("value").orElseThrow(),
                // Google's library names one of them twice.
                (one, other) -> one));
  }

  @Test
  void theRoleOfTheSdkIsTradedForAToken() throws IOException {
    AwsCredentialsProvider aws = () -> AwsSessionCredentials.create("ASIA1", "secret", "session-1");

    assertThat(token(credentials(aws, false))).isEqualTo("Bearer federated-1");

    assertThat(exchanges.getFirst())
        .containsEntry("audience", AUDIENCE)
        .containsEntry("scope", "https://www.googleapis.com/auth/cloud-platform")
        .containsEntry("subject_token_type", "urn:ietf:params:aws:token-type:aws4_request");
    JsonObject proof = proofs.getFirst();
    assertThat(proof.string("url"))
        .contains(
            "https://sts.eu-central-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15");
    assertThat(headers(proof))
        .containsEntry("x-amz-security-token", "session-1")
        .containsEntry("x-goog-cloud-target-resource", AUDIENCE)
        .hasEntrySatisfying(
            "Authorization",
            value ->
                assertThat(value)
                    .startsWith("AWS4-HMAC-SHA256 Credential=ASIA1/")
                    .contains("/eu-central-1/sts/aws4_request")
                    .doesNotContain("secret"));
  }

  @Test
  void theTokenOfAServiceAccountIsAskedForIfOneIsNamed() throws IOException {
    AwsCredentialsProvider aws = () -> AwsSessionCredentials.create("ASIA1", "secret", "session-1");

    assertThat(token(credentials(aws, true))).isEqualTo("Bearer impersonated");
    assertThat(impersonations)
        .singleElement()
        .asString()
        .contains("twinbucket@p.iam.gserviceaccount.com:generateAccessToken Bearer federated-1");
  }

  /** After a restore the variables with keys are not there, and the old keys are long expired. */
  @Test
  void eachExchangeIsSignedWithTheCredentialsOfThatMoment() throws IOException {
    List<AwsSessionCredentials> asked = new CopyOnWriteArrayList<>();
    AwsCredentialsProvider aws =
        () -> {
          asked.add(AwsSessionCredentials.create("ASIA" + (asked.size() + 1), "secret", "session"));
          return asked.getLast();
        };
    Credentials credentials = credentials(aws, false);
    assertThat(asked).as("nothing is asked of AWS before a snapshot").isEmpty();
    token(credentials);

    credentials.refresh();

    assertThat(proofs)
        .extracting(proof -> headers(proof).get("Authorization").replaceAll("/.*", ""))
        .containsExactly("AWS4-HMAC-SHA256 Credential=ASIA1", "AWS4-HMAC-SHA256 Credential=ASIA2");
  }

  /** The endpoint that a restored function has, in place of keys. */
  @Test
  void theContainerEndpointOfARestoredFunctionIsEnough() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (LocalHttpServer container =
        LocalHttpServer.start(
            0,
            call -> {
              asked.add(call.rawPath());
              call.respond(
                  200,
                  "application/json",
                  "{\"AccessKeyId\":\"ASIARESTORED\",\"SecretAccessKey\":\"secret\","
                      + "\"Token\":\"session\",\"Expiration\":\"2100-01-01T00:00:00Z\"}");
            })) {
      ContainerCredentialsProvider aws = ContainerCredentialsProvider.builder().build();
      System.setProperty("aws.containerCredentialsFullUri", container.endpoint() + "/credentials");
      try {
        assertThat(token(credentials(aws, false))).isEqualTo("Bearer federated-1");
      } finally {
        System.clearProperty("aws.containerCredentialsFullUri");
      }
    }
    assertThat(asked).containsExactly("/credentials");
    assertThat(headers(proofs.getFirst()).get("Authorization")).contains("ASIARESTORED");
  }

  @Test
  void aRoleThatIsNotAdmittedIsToldSo() {
    refuses = true;
    AwsCredentialsProvider aws = () -> AwsSessionCredentials.create("ASIA1", "secret", "session-1");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> token(credentials(aws, false)))
        .withStackTraceContaining("the role is not admitted");
  }

  @Test
  void withoutCredentialsOnAwsNothingIsExchanged() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("no provider in the chain");
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> token(credentials(none, false)))
        .withStackTraceContaining("no credentials on AWS");
    assertThat(exchanges).isEmpty();
  }
}
