package dev.twinbucket.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.local.http.LocalHttpServer;
import dev.twinbucket.local.s3.LocalS3;
import dev.twinbucket.local.s3.S3Operation;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Uploads to S3 when answers are lost or odd, and copies that are made in parts. */
class S3UploadsTest {
  private static final BucketLocation BUCKET = new BucketLocation("s3", "bucket");
  private static final ObjectLocation AT = BUCKET.object("dir/a b");
  private static final String WHOLE = "first part, last part";
  private static final WriteCondition ABSENT = WriteCondition.ifAbsent();

  private final LocalS3 s3 = LocalS3.builder().bucket("bucket").smallestPart(1).start();
  private final S3ObjectStore store = S3ObjectStore.open(settings(S3Quirks.NONE));

  private S3StoreSettings settings(S3Quirks quirks) {
    return new S3StoreSettings(
        Optional.of(URI.create(s3.endpoint())),
        Optional.of(s3.region()),
        S3StoreSettings.Addressing.AUTOMATIC,
        new S3Credentials.Keys("id", "secret", Optional.empty()),
        quirks);
  }

  @AfterEach
  void stop() {
    store.close();
    s3.close();
  }

  @Test
  void anUploadOfTwoPartsTakesFourRequests() {
    store.multipart().complete(uploaded(store));
    assertThat(s3.requests().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
    assertPublished();
  }

  @Test
  void aCompletionWhoseAnswerIsLostHasPublished() {
    UploadCompletion upload = uploaded(store);
    FaultScript.Rule lost = s3.faults().on("POST", "uploadId").inject(new Fault.LoseAnswer());
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.UploadNotFound.class);
    assertThat(lost.fired()).isEqualTo(1);
    assertPublished();
  }

  @Test
  void anErrorInsideAGoodAnswerIsAnError() {
    UploadCompletion upload = uploaded(store);
    FaultScript.Rule error =
        s3.faults()
            .on("POST", "uploadId")
            .always()
            .inject(
                new Fault.Answer(
                    200,
                    Map.of(),
                    "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code>"
                        + "<Message>We encountered an internal error.</Message></Error>"));
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(error.fired()).isEqualTo(3);
    assertThat(s3.object("bucket", AT.key())).isEmpty();
    s3.faults().clear();
    store.multipart().complete(upload);
    assertPublished();
  }

  @ParameterizedTest
  @CsvSource({
    "409, ConditionalRequestConflict, ConditionFailed",
    "412, PreconditionFailed, ConditionFailed",
    "404, NoSuchKey, ConditionFailed",
    "404, NoSuchUpload, UploadNotFound",
    "404, NoSuchBucket, BucketNotFound",
    "400, InvalidPart, Unavailable",
    "400, EntityTooSmall, InvalidRequest",
    "400, InvalidPartOrder, InvalidRequest",
    "400, BadDigest, IntegrityMismatch",
    "403, AccessDenied, AccessDenied",
    "503, SlowDown, Throttled"
  })
  void refusalsOfACompletionAreTyped(int status, String code, String type) {
    UploadCompletion upload = uploaded(store);
    s3.faults()
        .on("POST", "uploadId")
        .always()
        .inject(
            new Fault.Answer(
                status, Map.of(), "<Error><Code>" + code + "</Code><Message>m</Message></Error>"));
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .satisfies(failure -> assertThat(failure.getClass().getSimpleName()).isEqualTo(type));
  }

  @Test
  void aPartIsSentAgainAfterAServersFault() {
    FaultScript.Rule fault = s3.faults().on("PUT", "partNumber=1").inject(Fault.status(503));
    FaultScript.Rule cut = s3.faults().on("PUT", "partNumber=2").inject(new Fault.CutRequest(3));
    store.multipart().complete(uploaded(store));
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(cut.fired()).isEqualTo(1);
    assertPublished();
  }

  @Test
  void aPartThatIsDamagedOnItsWayIsSentAgainOrRefused() {
    FaultScript.Rule damage =
        s3.faults().on("PUT", "partNumber=2").always().inject(new Fault.DamageRequest(3));
    assertThatThrownBy(() -> uploaded(store)).isInstanceOf(StoreException.class);
    assertThat(damage.fired()).isPositive();
    Upload open =
        store.multipart().open(BUCKET, "", Optional.empty()).uploads().getFirst().upload();
    assertThat(store.multipart().parts(open)).hasSize(1);
  }

  @Test
  void aStoreWithoutCrc32cGetsTheMd5OfEachPart() {
    List<String> headers = new CopyOnWriteArrayList<>();
    try (LocalHttpServer server =
            LocalHttpServer.start(
                0,
                call -> {
                  headers.addAll(call.headers().keySet());
                  call.body().readAllBytes();
                  call.set("ETag", "\"e\"").respond(200);
                });
        S3ObjectStore weak =
            S3ObjectStore.open(
                new S3StoreSettings(
                    Optional.of(URI.create(server.endpoint())),
                    Optional.of("us-east-1"),
                    S3StoreSettings.Addressing.PATH,
                    new S3Credentials.Keys("id", "secret", Optional.empty()),
                    new S3Quirks(false, false, true, false, false, false)))) {
      Upload upload = new Upload(AT, AT, "id");
      send(weak.multipart(), upload, 1, "x");
      assertThat(headers).contains("content-md5").noneMatch(h -> h.contains("checksum"));
      assertThatThrownBy(
              () -> weak.multipart().putPart(upload, 1, new PartBody(bytes("a"), crc("another"))))
          .isInstanceOf(StoreException.IntegrityMismatch.class);
    }
  }

  /** A hash of every byte by the slowest of algorithms, for what TLS already protects. */
  @ParameterizedTest
  @CsvSource({"https, true", "http, false"})
  void bodiesAreSignedOnlyWhereTlsDoesNotProtectThem(String scheme, boolean unsigned) {
    List<String> hashes = new CopyOnWriteArrayList<>();
    ExecutionInterceptor recorder =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission sent, ExecutionAttributes attributes) {
            hashes.addAll(sent.httpRequest().matchingHeaders("x-amz-content-sha256"));
            throw new IllegalStateException("that is all there is to see");
          }
        };
    S3StoreSettings there =
        new S3StoreSettings(
            Optional.of(URI.create(scheme + "://localhost:1")),
            Optional.of("us-east-1"),
            S3StoreSettings.Addressing.PATH,
            new S3Credentials.Keys("id", "secret", Optional.empty()),
            S3Quirks.NONE);
    PartBody body = new PartBody(bytes("part"), crc("part"));
    UploadPartRequest part = new S3Writes(S3Quirks.NONE).part(new Upload(AT, AT, "id"), 1, body);
    SdkPlugin recording =
        client ->
            client.overrideConfiguration(
                client.overrideConfiguration().copy(o -> o.addExecutionInterceptor(recorder)));
    try (S3Client client = S3Clients.open(there)) {
      UploadPartRequest recorded =
          part.toBuilder().overrideConfiguration(o -> o.addPlugin(recording)).build();
      assertThatThrownBy(() -> client.uploadPart(recorded, S3Writes.body(body.bytes())))
          .isInstanceOf(RuntimeException.class);
    }
    assertThat(hashes).hasSize(1);
    assertThat(hashes.getFirst().equals("UNSIGNED-PAYLOAD")).isEqualTo(unsigned);
  }

  @Test
  void aLargeObjectIsCopiedInParts() {
    ObjectSnapshot source = put("s".repeat(95));
    ObjectLocation target = BUCKET.object("kept");
    ObjectVersion written = copies().copyWithin(source, target);
    assertThat(s3.requests(S3Operation.UPLOAD_PART_COPY)).isEqualTo(10);
    ObjectSnapshot copy = store.observe(target).object().orElseThrow();
    assertThat(copy.version().sameAs(written)).isTrue();
    assertThat(copy.crc()).isEqualTo(source.crc());
    assertThat(copy.attributes()).isEqualTo(source.attributes());
    assertThat(s3.openUploads("bucket")).isEmpty();
  }

  @Test
  void aCopyInPartsLeavesAloneWhatIsThereAndNothingBehind() {
    ObjectSnapshot source = put("s".repeat(95));
    ObjectLocation target = BUCKET.object("kept");
    copies().copyWithin(source, target);
    assertThatThrownBy(() -> copies().copyWithin(source, target))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(s3.openUploads("bucket")).isEmpty();
  }

  @Test
  void aSourceThatChangesBetweenTheCopiedPartsIsNoticed() {
    ObjectSnapshot source = put("s".repeat(95));
    ObjectLocation target = BUCKET.object("kept");
    s3.faults()
        .on("PUT", "partNumber=7")
        .inject(new Fault.Before(() -> s3.put("bucket", AT.key(), new byte[95])));
    assertThatThrownBy(() -> copies().copyWithin(source, target))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(s3.object("bucket", "kept")).isEmpty();
    assertThat(s3.openUploads("bucket")).isEmpty();
  }

  private S3Copies copies() {
    return new S3Copies(
        new S3Requests(S3Clients.open(settings(S3Quirks.NONE))), S3Quirks.NONE, 50, 10);
  }

  private ObjectSnapshot put(String content) {
    store.put(
        new PutRequest(
            AT,
            bytes(content),
            crc(content),
            new ObjectAttributes(
                new SystemHeaders("text/plain", "", "", "", "", "", "", ""),
                Map.of("name", "value"),
                Map.of("tag", "value")),
            Optional.empty(),
            ABSENT,
            Placement.DEFAULT));
    return store.observe(AT).object().orElseThrow();
  }

  private void assertPublished() {
    ObjectSnapshot seen = store.observe(AT).object().orElseThrow();
    assertThat(seen.crc()).contains(crc(WHOLE));
    assertThat(seen.provenance().map(Provenance::writeId)).contains("write-1");
    assertThat(s3.openUploads("bucket")).isEmpty();
  }

  private static UploadCompletion uploaded(S3ObjectStore store) {
    ObjectAttributes attributes =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("name", "value"), Map.of("tag", "value"));
    Provenance stamp =
        new Provenance(
            Provenance.originOf(AT),
            ObjectVersion.named("1", "1"),
            crc(WHOLE),
            attributes.digest(),
            "write-1");
    MultipartUploads uploads = store.multipart();
    Upload upload =
        uploads.create(
            new UploadRequest(AT, "name-1", attributes, Optional.of(stamp), Placement.DEFAULT));
    UploadedPart first = send(uploads, upload, 1, "first part, ");
    UploadedPart last = send(uploads, upload, 2, "last part");
    return new UploadCompletion(
        upload,
        List.of(first, last),
        WHOLE.length(),
        crc(WHOLE),
        attributes,
        Optional.of(stamp),
        Placement.DEFAULT,
        ABSENT);
  }

  private static UploadedPart send(
      MultipartUploads uploads, Upload upload, int number, String content) {
    return uploads.putPart(upload, number, new PartBody(bytes(content), crc(content)));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Crc32c crc(String text) {
    return Crc32c.of(bytes(text));
  }
}
