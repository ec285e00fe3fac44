package dev.twinbucket.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.local.gcs.BucketSettings;
import dev.twinbucket.local.gcs.GcsObjectView;
import dev.twinbucket.local.gcs.GcsOperation;
import dev.twinbucket.local.gcs.LocalGcs;
import dev.twinbucket.local.http.Fault;
import dev.twinbucket.local.http.FaultScript;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads to GCS when answers are lost, and what is left of them. */
class GcsUploadsTest {
  private static final BucketLocation BUCKET = new BucketLocation("gs", "bucket");
  private static final ObjectLocation AT = BUCKET.object("dir/a b");
  private static final String STAGED = ".twinbucket/staging/name-1";
  private static final String WHOLE = "first part, last part";
  private static final WriteCondition ABSENT = WriteCondition.ifAbsent();

  private final LocalGcs gcs = LocalGcs.builder().minPartBytes(1).start();
  private final GcsObjectStore store = open(Map.of());

  private GcsObjectStore open(Map<String, String> more) {
    gcs.createBucket(more.isEmpty() ? "bucket" : "staging");
    Map<String, String> environment = new HashMap<>(more);
    environment.put(GcsStoreSettings.EMULATOR_VARIABLE, gcs.endpoint());
    return GcsObjectStore.open(GcsStoreSettings.from(environment));
  }

  @AfterEach
  void stop() {
    store.close();
    gcs.close();
  }

  @Test
  void anUploadOfTwoPartsTakesSevenRequests() {
    UploadCompletion upload = uploaded(store, plain());
    store.multipart().complete(upload);
    assertThat(gcs.requests())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                GcsOperation.MULTIPART_CREATE, 1L,
                GcsOperation.MULTIPART_PUT_PART, 2L,
                GcsOperation.MULTIPART_COMPLETE, 1L,
                GcsOperation.OBJECT_GET, 1L,
                GcsOperation.OBJECT_MOVE, 1L,
                GcsOperation.OBJECT_DELETE, 1L));
    assertPublished();
  }

  @Test
  void whatHeadersCannotCarryIsPutRightBeforeItIsPublished() {
    List<String> heard = new CopyOnWriteArrayList<>();
    gcs.onChange(change -> heard.add(change.attributes().get("objectId")));
    ObjectAttributes odd =
        new ObjectAttributes(
            SystemHeaders.NONE, Map.of("accent", "\u00e9", "plain", "a;b=c%20d+e"), Map.of());
    store.multipart().complete(uploaded(store, odd));
    assertThat(gcs.requests(GcsOperation.OBJECT_PATCH)).isEqualTo(1);
    assertThat(look().attributes()).isEqualTo(odd);
    // Made, put right, moved away from; the destination's own change is one.
    assertThat(heard).filteredOn(STAGED::equals).hasSize(3);
    assertThat(heard).filteredOn(AT.key()::equals).hasSize(1);
  }

  @Test
  void aCompletionWhoseAnswerIsLostIsCarriedOn() {
    UploadCompletion upload = uploaded(store, plain());
    FaultScript.Rule lost = gcs.faults().on("POST", "uploadId").inject(new Fault.LoseAnswer());
    store.multipart().complete(upload);
    assertThat(lost.fired()).isEqualTo(1);
    assertPublished();
  }

  @Test
  void aCompletionThatDiesBeforeTheMoveIsCarriedOnByAnother() {
    UploadCompletion upload = uploaded(store, plain());
    FaultScript.Rule refused =
        gcs.faults().on("POST", "/moveTo/").always().inject(Fault.status(503));
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(refused.fired()).isEqualTo(3);
    assertThat(gcs.object("bucket", STAGED)).isPresent();
    assertThat(gcs.object("bucket", AT.key())).isEmpty();

    gcs.faults().clear();
    try (GcsObjectStore other =
        GcsObjectStore.open(
            GcsStoreSettings.from(Map.of(GcsStoreSettings.EMULATOR_VARIABLE, gcs.endpoint())))) {
      other.multipart().complete(upload);
    }
    assertPublished();
  }

  @Test
  void aMoveWhoseAnswerIsLostHasPublished() {
    UploadCompletion upload = uploaded(store, plain());
    FaultScript.Rule lost = gcs.faults().on("POST", "/moveTo/").inject(new Fault.LoseAnswer());
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.UploadNotFound.class);
    assertThat(lost.fired()).isEqualTo(1);
    assertPublished();
  }

  @Test
  void theDestinationMayChangeWhileTheMoveIsOnItsWay() {
    UploadCompletion upload = uploaded(store, plain());
    gcs.faults()
        .on("POST", "/moveTo/")
        .inject(new Fault.Before(() -> put(store, AT, "somebody else's")));
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.ConditionFailed.class);
    assertThat(gcs.bytes("bucket", AT.key())).contains("somebody else's".getBytes(UTF_8));
    assertThat(gcs.object("bucket", STAGED)).isPresent();

    store.multipart().abort(upload.upload());
    assertThat(gcs.object("bucket", STAGED)).isEmpty();
  }

  @Test
  void aStagingObjectThatIsNotTheWholeIsDropped() {
    UploadCompletion upload = uploaded(store, plain());
    UploadCompletion wrong = completion(upload.upload(), upload.parts(), "FIRST part, last part");
    assertThatThrownBy(() -> store.multipart().complete(wrong))
        .isInstanceOf(StoreException.IntegrityMismatch.class);
    assertThat(gcs.objects("bucket")).isEmpty();
    assertThat(gcs.openMultipartUploads()).isEmpty();
  }

  @Test
  void oneMutationASecondIsWaitedFor() {
    try (LocalGcs strict = LocalGcs.builder().minPartBytes(1).limitMutationRate(true).start();
        GcsObjectStore slow =
            GcsObjectStore.open(
                GcsStoreSettings.from(
                    Map.of(GcsStoreSettings.EMULATOR_VARIABLE, strict.endpoint())))) {
      strict.createBucket("bucket");
      slow.multipart().complete(uploaded(slow, plain()));
      assertThat(strict.bytes("bucket", AT.key())).contains(WHOLE.getBytes(UTF_8));
      assertThat(strict.requests(GcsOperation.OBJECT_MOVE)).isGreaterThan(1);
    }
  }

  @Test
  void aVersionedBucketKeepsNothingOfTheStagingObject() {
    gcs.createBucket("versioned", BucketSettings.VERSIONED);
    ObjectLocation at = new BucketLocation("gs", "versioned").object(AT.key());
    UploadCompletion upload = uploaded(store, at, plain());
    store.multipart().complete(upload);
    assertThat(gcs.generations("versioned").stream().map(GcsObjectView::name))
        .containsExactly(at.key());
  }

  @Test
  void aStagingBucketOfItsOwnKeepsTheDestinationsBucketCleanOfStagingNames() {
    List<String> heard = new CopyOnWriteArrayList<>();
    gcs.onChange(
        change ->
            heard.add(
                change.attributes().get("bucketId") + "/" + change.attributes().get("objectId")));
    try (GcsObjectStore apart = open(Map.of(GcsStoreSettings.STAGING_VARIABLE, "staging"))) {
      UploadCompletion upload = uploaded(apart, plain());
      put(apart, AT, "standing");
      ObjectVersion standing = look().version();
      assertThatThrownBy(() -> apart.multipart().complete(upload))
          .isInstanceOf(StoreException.ConditionFailed.class);
      apart
          .multipart()
          .complete(
              new UploadCompletion(
                  upload.upload(),
                  upload.parts(),
                  upload.size(),
                  upload.crc(),
                  upload.attributes(),
                  upload.stamp(),
                  upload.placement(),
                  WriteCondition.ifUnchanged(standing)));
      assertPublished();
      assertThat(gcs.objects("staging")).isEmpty();
      assertThat(heard).noneMatch(name -> name.startsWith("bucket/.twinbucket"));
      uploaded(apart, plain());
      assertThat(open(apart)).hasSize(1);
      apart.multipart().abort(open(apart).getFirst().upload());
      assertThat(gcs.openMultipartUploads()).isEmpty();
    }
  }

  @Test
  void uploadsOfOtherProgramsAreNeitherListedNorDropped() {
    put(store, AT, "a user's");
    store.multipart().abort(new Upload(AT, AT, ""));
    assertThat(gcs.object("bucket", AT.key())).isPresent();
    assertThat(store.multipart().open(BUCKET, "dir/", Optional.empty()).uploads()).isEmpty();
  }

  @Test
  void whatCompletionsLeftIsListedBehindTheOpenUploads() {
    UploadCompletion upload = uploaded(store, plain());
    gcs.faults().on("POST", "/moveTo/").times(3).inject(Fault.status(503));
    assertThatThrownBy(() -> store.multipart().complete(upload))
        .isInstanceOf(StoreException.Unavailable.class);
    Upload other =
        store
            .multipart()
            .create(
                new UploadRequest(
                    BUCKET.object("other"),
                    "name-2",
                    plain(),
                    Optional.empty(),
                    Placement.DEFAULT));
    List<OpenUploads.Open> open = open(store);
    assertThat(open.stream().map(found -> found.upload().staging()))
        .containsExactly(other.staging(), upload.upload().staging());
    open.forEach(found -> store.multipart().abort(found.upload()));
    assertThat(gcs.objects("bucket")).isEmpty();
    assertThat(gcs.openMultipartUploads()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "429, Throttled",
    "500, Unavailable",
    "503, Unavailable",
    "404, BucketNotFound"
  })
  void refusalsOfTheBeginningAreTyped(int status, String type) {
    gcs.faults()
        .on("POST", "uploads")
        .always()
        .inject(
            new Fault.Answer(
                status,
                Map.of(),
                "<Error><Code>"
                    + (status == 404 ? "NoSuchBucket" : "Some")
                    + "</Code><Message>m</Message></Error>"));
    assertThatThrownBy(() -> uploaded(store, plain()))
        .satisfies(failure -> assertThat(failure.getClass().getSimpleName()).isEqualTo(type));
  }

  @Test
  void aPartIsSentAgainAfterAServersFault() {
    FaultScript.Rule fault = gcs.faults().on("PUT", "partNumber=1").inject(Fault.status(503));
    FaultScript.Rule cut = gcs.faults().on("PUT", "partNumber=2").inject(new Fault.CutRequest(3));
    store.multipart().complete(uploaded(store, plain()));
    assertThat(fault.fired()).isEqualTo(1);
    assertThat(cut.fired()).isEqualTo(1);
    assertPublished();
  }

  private static ObjectAttributes plain() {
    return new ObjectAttributes(
        new SystemHeaders("text/plain", "no-cache", "", "", "", "", "", "2026-01-02T03:04:05Z"),
        Map.of("name", "value"),
        Map.of());
  }

  private void assertPublished() {
    assertThat(gcs.bytes("bucket", AT.key())).contains(WHOLE.getBytes(UTF_8));
    assertThat(look().provenance().map(Provenance::writeId)).contains("write-1");
    assertThat(look().attributes()).isEqualTo(plain());
    assertThat(gcs.object("bucket", STAGED)).isEmpty();
    assertThat(gcs.openMultipartUploads()).isEmpty();
  }

  private ObjectSnapshot look() {
    return store.observe(AT).object().orElseThrow();
  }

  private static List<OpenUploads.Open> open(GcsObjectStore store) {
    List<OpenUploads.Open> open = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      OpenUploads page = store.multipart().open(BUCKET, "", next);
      open.addAll(page.uploads());
      next = page.next();
    } while (next.isPresent());
    return open;
  }

  private static UploadCompletion uploaded(GcsObjectStore store, ObjectAttributes attributes) {
    return uploaded(store, AT, attributes);
  }

  private static UploadCompletion uploaded(
      GcsObjectStore store, ObjectLocation at, ObjectAttributes attributes) {
    Provenance stamp =
        new Provenance(
            Provenance.originOf(at),
            ObjectVersion.named("1", "1"),
            crc(WHOLE),
            attributes.digest(),
            "write-1");
    MultipartUploads uploads = store.multipart();
    Upload upload =
        uploads.create(
            new UploadRequest(at, "name-1", attributes, Optional.of(stamp), Placement.DEFAULT));
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

  private static UploadCompletion completion(
      Upload upload, List<UploadedPart> parts, String whole) {
    return new UploadCompletion(
        upload,
        parts,
        whole.length(),
        crc(whole),
        plain(),
        Optional.empty(),
        Placement.DEFAULT,
        ABSENT);
  }

  private static UploadedPart send(
      MultipartUploads uploads, Upload upload, int number, String content) {
    return uploads.putPart(
        upload, number, new PartBody(ByteBuffer.wrap(content.getBytes(UTF_8)), crc(content)));
  }

  private static void put(GcsObjectStore store, ObjectLocation at, String content) {
    store.put(
        new PutRequest(
            at,
            ByteBuffer.wrap(content.getBytes(UTF_8)),
            crc(content),
            ObjectAttributes.NONE,
            Optional.empty(),
            ABSENT,
            Placement.DEFAULT));
  }

  private static Crc32c crc(String text) {
    return Crc32c.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
