package dev.twinbucket.store.contract;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.WriteCondition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests of multipart uploads are made of. */
abstract class UploadFixture extends CopiesContract {
  /** As small as a part before the last may be. */
  static final byte[] FIRST = random(5 << 20, 1);

  static final byte[] LAST = random(4321, 2);
  static final byte[] WHOLE = concatenation();

  private final AtomicInteger names = new AtomicInteger();

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] concatenation() {
    byte[] whole = Arrays.copyOf(FIRST, FIRST.length + LAST.length);
    System.arraycopy(LAST, 0, whole, FIRST.length, LAST.length);
    return whole;
  }

  /** Runs the check, or asserts that it fails on a server without uploads. */
  void uploads(Check check) {
    unless(Deviation.NO_UPLOADS, check);
  }

  /**
   * Runs the check, or asserts that it fails on a server without uploads or with that deviation.
   */
  void uploads(Deviation deviation, Check check) {
    unless(List.of(Deviation.NO_UPLOADS, deviation), check);
  }

  MultipartUploads uploads() {
    return store.multipart();
  }

  Upload begin(ObjectLocation at) {
    return begin(at, ObjectAttributes.NONE, Optional.empty());
  }

  Upload begin(ObjectLocation at, ObjectAttributes attributes, Optional<Provenance> stamp) {
    return uploads()
        .create(
            new UploadRequest(
                at, "upload-" + names.incrementAndGet(), attributes, stamp, Placement.DEFAULT));
  }

  UploadedPart send(Upload upload, int number, byte[] content) {
    return uploads().putPart(upload, number, new PartBody(ByteBuffer.wrap(content), crc(content)));
  }

  List<UploadedPart> sendAll(Upload upload) {
    return List.of(send(upload, 1, FIRST), send(upload, 2, LAST));
  }

  ObjectVersion complete(Upload upload, List<UploadedPart> parts, WriteCondition condition) {
    return complete(upload, parts, ObjectAttributes.NONE, Optional.empty(), condition);
  }

  ObjectVersion complete(
      Upload upload,
      List<UploadedPart> parts,
      ObjectAttributes attributes,
      Optional<Provenance> stamp,
      WriteCondition condition) {
    return uploads()
        .complete(
            new UploadCompletion(
                upload,
                parts,
                WHOLE.length,
                crc(WHOLE),
                attributes,
                stamp,
                Placement.DEFAULT,
                condition));
  }

  static UploadCompletion completion(
      Upload upload, List<UploadedPart> parts, byte[] whole, WriteCondition condition) {
    return new UploadCompletion(
        upload,
        parts,
        whole.length,
        crc(whole),
        ObjectAttributes.NONE,
        Optional.empty(),
        Placement.DEFAULT,
        condition);
  }

  /** An object that came in parts. */
  ObjectLocation uploaded(String key) {
    ObjectLocation at = bucket.object(key);
    Upload upload = begin(at);
    complete(upload, sendAll(upload), WriteCondition.ifAbsent());
    return at;
  }

  /** All uploads that are open in the bucket, and what completions left. */
  List<OpenUploads.Open> open() {
    List<OpenUploads.Open> open = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      OpenUploads page = uploads().open(bucket, "", next);
      open.addAll(page.uploads());
      next = page.next();
    } while (next.isPresent());
    return open;
  }
}
