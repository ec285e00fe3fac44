package dev.twinbucket.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.rule.Rule;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.time.TestingClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to uploads in memory; the rest is in the contract of a store. */
class InMemoryUploadsTest {
  private static final BucketLocation BUCKET = new BucketLocation("gs", "bucket");
  private static final ObjectLocation KEY = BUCKET.object("key");
  private static final PartLimits SMALL = new PartLimits(3, 2, 4, 12);

  private final List<Mutation> mutations = new ArrayList<>();

  private InMemoryObjectStore store(Flavour flavour) {
    InMemoryObjectStore store =
        new InMemoryObjectStore(
            flavour,
            new TestingClock(Instant.parse("2026-11-21T12:00:00Z")),
            mutations::add,
            SMALL);
    store.createBucket(BUCKET);
    return store;
  }

  @Test
  void stagingNamesAreReserved() {
    assertThat(MultipartUploads.STAGING_PREFIX).startsWith(Rule.RESERVED_PREFIX);
  }

  @ParameterizedTest
  @EnumSource
  void listenersHearOfStagingObjectsWhereTheCloudHasThem(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);

    store.multipart().complete(completion(uploaded(store)));

    ObjectLocation staging = BUCKET.object(".twinbucket/staging/name");
    assertThat(mutations.stream().map(Mutation::location))
        .containsExactlyElementsOf(
            flavour.isGoogle() ? List.of(staging, staging, KEY) : List.of(KEY));
    assertThat(mutations.getLast().after()).isEqualTo(store.observe(KEY).object());
  }

  @ParameterizedTest
  @EnumSource
  void aCompletionThatBrokeOffIsCarriedOn(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    UploadCompletion completion = completion(uploaded(store));

    store.breakOff(completion);
    assertThat(store.observe(KEY).object()).isEmpty();
    store.multipart().complete(completion);

    assertThat(store.observe(KEY).object().map(ObjectSnapshot::size)).contains(6L);
    assertThat(open(store)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatACompletionLeftIsListedAndAborted(Flavour flavour) {
    InMemoryObjectStore store = store(flavour);
    store.breakOff(completion(uploaded(store)));

    List<OpenUploads.Open> left = open(store);
    assertThat(left).hasSize(1);
    store.multipart().abort(left.getFirst().upload());

    assertThat(open(store)).isEmpty();
    assertThat(store.observe(KEY).object()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void limitsAreKept(Flavour flavour) {
    MultipartUploads uploads = store(flavour).multipart();
    Upload upload = uploads.create(request());

    assertThatExceptionOfType(StoreException.InvalidRequest.class)
        .isThrownBy(() -> uploads.putPart(upload, 1, body("large")));
    assertThatExceptionOfType(StoreException.InvalidRequest.class)
        .isThrownBy(() -> uploads.putPart(upload, 4, body("many")));
    uploads.putPart(upload, 1, body("a"));
    uploads.putPart(upload, 2, body("b"));
    assertThatExceptionOfType(StoreException.InvalidRequest.class)
        .isThrownBy(() -> uploads.complete(completion(upload, uploads, "ab")));
  }

  private static UploadRequest request() {
    return new UploadRequest(
        KEY, "name", ObjectAttributes.NONE, Optional.empty(), Placement.DEFAULT);
  }

  private record Sent(Upload upload, MultipartUploads uploads) {}

  private static Sent uploaded(InMemoryObjectStore store) {
    MultipartUploads uploads = store.multipart();
    Upload upload = uploads.create(request());
    uploads.putPart(upload, 2, body("ef"));
    uploads.putPart(upload, 1, body("abcd"));
    return new Sent(upload, uploads);
  }

  private static UploadCompletion completion(Sent sent) {
    return completion(sent.upload(), sent.uploads(), "abcdef");
  }

  private static UploadCompletion completion(
      Upload upload, MultipartUploads uploads, String whole) {
    PartBody body = body(whole);
    return new UploadCompletion(
        upload,
        uploads.parts(upload),
        body.size(),
        body.crc(),
        ObjectAttributes.NONE,
        Optional.empty(),
        Placement.DEFAULT,
        WriteCondition.ifAbsent());
  }

  private static List<OpenUploads.Open> open(InMemoryObjectStore store) {
    return store.multipart().open(BUCKET, "", Optional.empty()).uploads();
  }

  private static PartBody body(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    return new PartBody(bytes, Crc32c.of(bytes));
  }
}
