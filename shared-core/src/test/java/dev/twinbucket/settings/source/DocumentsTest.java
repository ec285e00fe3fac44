package dev.twinbucket.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.twinbucket.local.http.HttpCall;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentLocation;
import dev.twinbucket.settings.DocumentSource;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.memory.Flavour;
import dev.twinbucket.store.memory.InMemoryObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Documents from files, buckets, and both secret managers over HTTP. */
class DocumentsTest {
  private static final String SECRET = "wJalrXUtnFEMI";
  private static final DocumentLocation AWS =
      new DocumentLocation.AwsSecret(
          "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rules-AbCdEf", "eu-central-1");
  private static final DocumentLocation GOOGLE =
      new DocumentLocation.GoogleSecret("projects/p/secrets/rules/versions/latest");

  @TempDir private Path folder;

  private final InMemoryObjectStore objects =
      new InMemoryObjectStore(Flavour.S3, Clock.systemUTC());
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private int status = 200;
  private String answer = "{}";
  private final LocalHttpServer server = LocalHttpServer.start(0, this::handle);
  private final DocumentSource documents =
      new Documents(
          new StoredDocuments(this::open),
          new AwsSecrets(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")),
              Optional.of(server.endpoint())),
          new GoogleSecrets(DocumentsTest::google, server.endpoint()));

  private static Credentials google() {
    return GoogleCredentials.create(
        new AccessToken("the-token", Date.from(Instant.now().plusSeconds(3600))));
  }

  private ObjectStore open(String store) {
    assertThat(store).isEqualTo("s3");
    return objects;
  }

  private void handle(HttpCall call) throws IOException {
    calls.add(
        String.join(
            " ",
            call.method(),
            call.rawPath(),
            call.header("X-Amz-Target").orElse("-"),
            call.header("Authorization").map(a -> a.replaceAll("Signature=.*", "...")).orElse("-"),
            new String(call.body().readAllBytes(), StandardCharsets.UTF_8)));
    call.respond(status, "application/json", answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String fetch(DocumentLocation location) {
    return new String(documents.fetch(location), StandardCharsets.UTF_8);
  }

  @Test
  void aFileIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("rules with space.json"), "{\"a\": 1}");

    assertThat(fetch(new DocumentLocation.File(file.toString()))).isEqualTo("{\"a\": 1}");
  }

  @Test
  void aFileThatIsNotThereIsToldSo() {
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> fetch(new DocumentLocation.File(folder.resolve("none").toString())))
        .withMessage("NoSuchFileException");
  }

  @Test
  void anObjectIsRead() {
    BucketLocation bucket = new BucketLocation("s3", "settings");
    objects.createBucket(bucket);
    ByteBuffer content = ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8));
    objects.put(
        new PutRequest(
            bucket.object("rules.json"),
            content,
            Crc32c.of(content),
            ObjectAttributes.NONE,
            Optional.empty(),
            WriteCondition.ifAbsent(),
            Placement.DEFAULT));

    assertThat(fetch(new DocumentLocation.InBucket(bucket.object("rules.json")))).isEqualTo("{}");
  }

  @Test
  void anObjectThatIsNotThereIsToldSo() {
    DocumentLocation nowhere =
        new DocumentLocation.InBucket(new BucketLocation("s3", "none").object("rules.json"));

    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> fetch(nowhere))
        .withMessageContaining("BucketNotFound");
  }

  @Test
  void aSecretOfAwsIsAskedForWithASignature() {
    answer = "{\"ARN\": \"x\", \"SecretString\": \"{\\\"rules\\\": []}\"}";

    assertThat(fetch(AWS)).isEqualTo("{\"rules\": []}");
    assertThat(calls)
        .singleElement()
        .asString()
        .startsWith("POST / secretsmanager.GetSecretValue AWS4-HMAC-SHA256 Credential=id/")
        .contains("/eu-central-1/secretsmanager/aws4_request")
        .endsWith(
            "{\"SecretId\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:rules-AbCdEf\"}");
  }

  @Test
  void aBinarySecretOfAwsIsDecoded() {
    answer = "{\"SecretBinary\": \"" + base64("{}") + "\"}";

    assertThat(fetch(AWS)).isEqualTo("{}");
  }

  @Test
  void aSecretOfGoogleIsAskedForWithAToken() {
    answer = "{\"name\": \"x\", \"payload\": {\"data\": \"" + base64("{\"rules\": []}") + "\"}}";

    assertThat(fetch(GOOGLE)).isEqualTo("{\"rules\": []}");
    assertThat(calls)
        .containsExactly(
            "GET /v1/projects/p/secrets/rules/versions/latest:access - Bearer the-token ");
  }

  @Test
  void aRefusalIsToldByItsKindAlone() {
    status = 400;
    answer = "{\"__type\": \"AccessDeniedException\", \"Message\": \"" + SECRET + "\"}";
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> fetch(AWS))
        .withMessage("the secret manager answered 400, AccessDeniedException");

    status = 403;
    answer = "{\"error\": {\"status\": \"PERMISSION_DENIED\", \"message\": \"" + SECRET + "\"}}";
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> fetch(GOOGLE))
        .withMessage("the secret manager answered 403, PERMISSION_DENIED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        SECRET,
        "[\"" + SECRET + "\"]",
        "{\"value\": \"" + SECRET + "\"}",
        "{\"SecretBinary\": \"" + SECRET + "!\", \"payload\": {\"data\": \"" + SECRET + "!\"}}"
      })
  void anAnswerWithoutASecretIsNeverShown(String odd) {
    answer = odd;

    for (DocumentLocation location : List.of(AWS, GOOGLE)) {
      assertThatExceptionOfType(DocumentException.class)
          .isThrownBy(() -> fetch(location))
          .withMessage("the secret manager's answer holds no secret");
    }
  }

  @Test
  void aServerThatIsNotThereIsToldSo() {
    server.close();

    for (DocumentLocation location : List.of(AWS, GOOGLE)) {
      assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> fetch(location));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
