package dev.twinbucket.store.s3;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.KeyLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** Copies that S3 makes by itself: no byte of them comes here. */
final class S3Copies {
  /** What one request can copy. */
  static final long LARGEST_COPY = 5L << 30;

  /** What one of several requests for one object copies. */
  static final long PART = 1L << 30;

  private static final int AT_ONCE = 16;

  private final S3Client client;
  private final S3Requests requests;
  private final S3Quirks quirks;
  private final S3Writes writes;
  private final long largestCopy;
  private final long part;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.S3);

  /**
   * @param largestCopy bytes that are copied by one request
   * @param part bytes of a part of what is larger, as long as there are not too many parts
   */
  S3Copies(S3Requests requests, S3Quirks quirks, long largestCopy, long part) {
    this.client = requests.client();
    this.requests = requests;
    this.quirks = quirks;
    this.writes = new S3Writes(quirks);
    this.largestCopy = largestCopy;
    this.part = part;
  }

  ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectLocation location = update.current().location();
    KeyLimits.utf8(location);
    if (quirks.lacksCopyInPlace() || update.current().size() > largestCopy) {
      throw new StoreException.Unsupported(location + " can only be written as a whole");
    }
    return copied(
        location,
        writes.replaceAttributes(update, codec.encode(update.attributes(), update.stamp())),
        DecodedAttributes.revision(update.attributes(), update.stamp()));
  }

  ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    if (!source.location().bucket().equals(target.bucket())) {
      throw new IllegalArgumentException(target + " is not in the bucket of " + source.location());
    }
    KeyLimits.utf8(target);
    Placement placement = new Placement(source.storageClass(), "", "");
    if (source.size() > largestCopy) {
      return copyInParts(source, target, placement);
    }
    return copied(
        target,
        writes.copy(
            source,
            target,
            codec.encode(source.attributes(), Optional.empty()),
            placement,
            WriteCondition.ifAbsent()),
        DecodedAttributes.revision(source.attributes(), Optional.empty()));
  }

  private ObjectVersion copied(ObjectLocation target, CopyObjectRequest copy, String revision) {
    CopyObjectResponse copied = requests.write(target, () -> client.copyObject(copy));
    return S3Requests.written(
        target,
        copied.versionId(),
        copied.copyObjectResult() == null ? null : copied.copyObjectResult().eTag(),
        revision);
  }

  private ObjectVersion copyInParts(
      ObjectSnapshot source, ObjectLocation target, Placement placement) {
    CreateMultipartUploadRequest create =
        writes.create(
            new UploadRequest(target, "", source.attributes(), Optional.empty(), placement),
            codec.encode(source.attributes(), Optional.empty()));
    String id = requests.send(target, () -> client.createMultipartUpload(create)).uploadId();
    boolean done = false;
    try {
      List<CompletedPart> parts = copyParts(source, target, id);
      CompleteMultipartUploadResponse completed =
          requests.write(
              target,
              () ->
                  client.completeMultipartUpload(
                      complete ->
                          complete
                              .bucket(target.bucket().bucket())
                              .key(target.key())
                              .uploadId(id)
                              .multipartUpload(all -> all.parts(parts))
                              .mpuObjectSize(source.size())
                              .checksumCRC32C(
                                  quirks.lacksCrc32c()
                                      ? null
                                      : source.crc().map(Crc32c::base64).orElse(null))
                              .ifNoneMatch("*")
                              .overrideConfiguration(
                                  overrides ->
                                      overrides.apiCallAttemptTimeout(S3Writes.SERVER_SIDE))));
      done = true;
      return S3Requests.written(
          target,
          completed.versionId(),
          completed.eTag(),
          DecodedAttributes.revision(source.attributes(), Optional.empty()));
    } finally {
      if (!done) {
        abandon(target, id);
      }
    }
  }

  private List<CompletedPart> copyParts(ObjectSnapshot source, ObjectLocation target, String id) {
    long length = Math.max(part, Math.ceilDiv(source.size(), (long) PartLimits.S3.parts()));
    Semaphore atOnce = new Semaphore(AT_ONCE);
    List<Callable<CompletedPart>> copies = new ArrayList<>();
    for (long first = 0; first < source.size(); first += length) {
      int number = copies.size() + 1;
      String range = "bytes=" + first + "-" + (Math.min(first + length, source.size()) - 1);
      copies.add(
          () -> {
            atOnce.acquire();
            try {
              return copyPart(source, target, id, number, range);
            } finally {
              atOnce.release();
            }
          });
    }
    List<CompletedPart> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CompletedPart> copy : threads.invokeAll(copies)) {
        parts.add(copy.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(target + ": the copy was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException known) {
        throw known;
      }
      throw new IllegalStateException(e);
    }
    return parts;
  }

  private CompletedPart copyPart(
      ObjectSnapshot source, ObjectLocation target, String id, int number, String range) {
    String version = source.version().writeId();
    UploadPartCopyResponse copied =
        requests.write(
            source.location(),
            () ->
                client.uploadPartCopy(
                    copy ->
                        copy.sourceBucket(source.location().bucket().bucket())
                            .sourceKey(source.location().key())
                            .sourceVersionId(version.isEmpty() ? null : version)
                            .copySourceIfMatch(S3Writes.quoted(source.version().etag()))
                            .copySourceRange(range)
                            .destinationBucket(target.bucket().bucket())
                            .destinationKey(target.key())
                            .uploadId(id)
                            .partNumber(number)
                            .overrideConfiguration(
                                overrides ->
                                    overrides.apiCallAttemptTimeout(S3Writes.SERVER_SIDE))));
    if (copied.copyPartResult() == null || copied.copyPartResult().eTag() == null) {
      throw new StoreException.Unavailable(target + ": an answer to a copy without an ETag");
    }
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(copied.copyPartResult().eTag())
        .checksumCRC32C(copied.copyPartResult().checksumCRC32C())
        .build();
  }

  /** What remains after a failure here as well is swept like any abandoned upload. */
  private void abandon(ObjectLocation target, String id) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(target.bucket().bucket()).key(target.key()).uploadId(id));
    } catch (SdkException e) {
      // The failure that led here says more.
    }
  }
}
