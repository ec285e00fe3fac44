package dev.twinbucket.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.ComputeEngineCredentials;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Observation;
import dev.twinbucket.state.dynamodb.DynamoDbStateStore;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.s3.S3Credentials;
import dev.twinbucket.store.s3.S3ObjectStore;
import dev.twinbucket.store.s3.S3StoreSettings;
import dev.twinbucket.time.TestingClock;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The way from a function on Google Cloud to AWS, over HTTP: a metadata server that signs identity
 * tokens, an STS that trades them for credentials, and services that take the newest of those only.
 */
class WebIdentityTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/twinbucket";
  private static final List<String> PROPERTIES =
      List.of("aws.endpointUrlSts", "aws.endpointUrlDynamoDb", "aws.region");

  private final TestingClock clock = new TestingClock(Instant.now());
  private final List<Map<String, String>> taken = new CopyOnWriteArrayList<>();
  private final List<String> signed = new CopyOnWriteArrayList<>();
  private boolean isMetadataDown;
  private String refusal = "";
  private int tokens;
  private String accepted = "";

  private final LocalHttpServer metadata = LocalHttpServer.start(0, this::sign);
  private final LocalHttpServer sts = LocalHttpServer.start(0, this::assumeRole);
  private final LocalHttpServer s3 = LocalHttpServer.start(0, this::answerS3);
  private final LocalHttpServer dynamoDb = LocalHttpServer.start(0, this::answerDynamoDb);

  private void sign(HttpCall call) throws IOException {
    signed.add(
        call.rawPath() + "?" + call.rawQuery() + " " + call.header("Metadata-Flavor").orElse("-"));
    if (isMetadataDown) {
      call.respond(404, "text/plain", "no service account");
      return;
    }
    tokens++;
    call.respond(200, "text/plain", jwt(tokens));
  }

  private static String jwt(int number) {
    return Arrays.asList(
            "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
            "{\"sub\":\"1122\",\"jti\":\"" + number + "\",\"exp\":4102444800}",
            "signature")
        .stream()
        .map(
            part ->
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(part.getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.joining("."));
  }

  private void assumeRole(HttpCall call) throws IOException {
    Map<String, String> form =
        Arrays.stream(new String(call.body().readAllBytes(), StandardCharsets.UTF_8).split("&", -1))
            .map(field -> field.split("=", 2))
            .collect(
                Collectors.toMap(
                    field -> field[0],
                    field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    taken.add(form);
    assertThat(call.header("Authorization")).as("the token is all there is to show").isEmpty();
    if (!refusal.isEmpty()) {
      call.respond(
          403,
          "text/xml",
          "<ErrorResponse><Error><Type>Sender</Type><Code>"
              + refusal
              + "</Code><Message>Not authorized to perform"
              + " sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>");
      return;
    }
    accepted = "ASIA" + taken.size();
    call.respond(
        200,
        "text/xml",
        "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            + "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>"
            + accepted
            + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session-"
            + taken.size()
            + "</SessionToken><Expiration>"
            + clock.instant().plus(Duration.ofHours(1))
            + "</Expiration></Credentials></AssumeRoleWithWebIdentityResult>"
            + "</AssumeRoleWithWebIdentityResponse>");
  }

  private boolean isAccepted(HttpCall call) {
    return call.header("Authorization").orElse("").contains("Credential=" + accepted + "/")
        && call.header("X-Amz-Security-Token").orElse("").equals("session-" + taken.size());
  }

  private void answerS3(HttpCall call) throws IOException {
    // To a HEAD there is no body, and S3 answers a mere 400 if the token has expired.
    int missing = call.rawPath().endsWith("/key") ? 404 : 200;
    call.respond(isAccepted(call) ? missing : 400, "application/xml", "");
  }

  private void answerDynamoDb(HttpCall call) throws IOException {
    boolean fine = isAccepted(call);
    call.respond(
        fine ? 200 : 400,
        "application/x-amz-json-1.0",
        fine
            ? "{}"
            : "{\"__type\":\"com.amazon.coral.service#ExpiredTokenException\",\"message\":\"expired\"}");
  }

  private final ComputeEngineCredentials google =
      ComputeEngineCredentials.newBuilder()
          .setHttpTransportFactory(
              () ->
                  new NetHttpTransport.Builder()
                      .setConnectionFactory(
                          url ->
                              (HttpURLConnection)
                                  URI.create(metadata.endpoint() + url.getFile())
                                      .toURL()
                                      .openConnection())
                      .build())
          .build();

  private RenewableCredentials credentials;

  @BeforeEach
  void open() {
    System.setProperty("aws.endpointUrlSts", sts.endpoint());
    System.setProperty("aws.endpointUrlDynamoDb", dynamoDb.endpoint());
    System.setProperty("aws.region", "eu-central-1");
    credentials = new RenewableCredentials(WebIdentity.open(google, ROLE, "twinbucket"), clock);
  }

  @AfterEach
  void close() {
    PROPERTIES.forEach(System::clearProperty);
    List.of(metadata, sts, s3, dynamoDb).forEach(LocalHttpServer::close);
  }

  private ObjectStore store() {
    return S3ObjectStore.open(
        new S3StoreSettings(
            Optional.of(URI.create(s3.endpoint())),
            Optional.of("eu-central-1"),
            S3StoreSettings.Addressing.PATH,
            new S3Credentials.Provided(credentials),
            S3StoreSettings.STANDARD.quirks()));
  }

  private static Observation observe(ObjectStore store) {
    return store.observe(new BucketLocation("s3", "bucket").object("key"));
  }

  @Test
  void theRoleIsTakenOnWithATokenForTheAudience() {
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("ASIA1");

    assertThat(signed).singleElement().asString().endsWith("/identity?audience=twinbucket Google");
    assertThat(taken)
        .singleElement()
        .satisfies(
            form ->
                assertThat(form)
                    .containsEntry("Action", "AssumeRoleWithWebIdentity")
                    .containsEntry("RoleArn", ROLE)
                    .containsEntry("RoleSessionName", "twinbucket")
                    .containsEntry("WebIdentityToken", jwt(1)));
  }

  @Test
  void eachRenewalShowsATokenOfItsOwn() {
    credentials.resolveCredentials();
    clock.advance(Duration.ofMinutes(56));

    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("ASIA2");
    assertThat(taken)
        .extracting(form -> form.get("WebIdentityToken"))
        .containsExactly(jwt(1), jwt(2));
  }

  @Test
  void aRoleThatDoesNotTrustTheTokenIsARefusalWithoutTheToken() {
    refusal = "AccessDenied";

    assertThatExceptionOfType(SdkException.class)
        .isThrownBy(credentials::resolveCredentials)
        .withMessageContaining("AssumeRoleWithWebIdentity")
        .satisfies(e -> assertThat(e.toString()).doesNotContain(jwt(1)));
    try (ObjectStore store = store()) {
      assertThatExceptionOfType(StoreException.AccessDenied.class).isThrownBy(() -> observe(store));
    }
  }

  @Test
  void aFunctionWithoutAServiceAccountIsToldSo() {
    isMetadataDown = true;

    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(credentials::resolveCredentials)
        .withMessageContaining("identity token");
    assertThat(taken).isEmpty();
  }

  @Test
  void onS3AnExpiredTokenIsReplacedWithinTheSameCall() {
    try (ObjectStore store = store()) {
      assertThat(observe(store)).isInstanceOf(Observation.Absent.class);
      clock.advance(Duration.ofMinutes(2));
      accepted = "somebody-else";

      assertThat(observe(store)).isInstanceOf(Observation.Absent.class);
      assertThat(taken).hasSize(2);
    }
  }

  @Test
  void onDynamoDbAnExpiredTokenIsReplacedWithinTheSameCall() {
    try (DynamoDbStateStore rows =
        DynamoDbStateStore.open(
            "table", Optional.of("eu-central-1"), credentials, clock, new Random(1))) {
      assertThat(rows.read("row")).isEmpty();
      clock.advance(Duration.ofMinutes(2));
      accepted = "somebody-else";

      assertThat(rows.read("row")).isEmpty();
      assertThat(rows.compareAndSet("row", Optional.empty(), "text", Optional.empty())).isPresent();
      assertThat(taken).hasSize(2);
    }
  }
}
