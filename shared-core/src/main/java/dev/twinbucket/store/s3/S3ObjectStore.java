package dev.twinbucket.store.s3;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.Capabilities;
import dev.twinbucket.store.ListPage;
import dev.twinbucket.store.ListRequest;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ObjectStore;
import dev.twinbucket.store.PutRequest;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.WriteCondition;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.BucketProofs;
import dev.twinbucket.store.adapter.ByteBufferStream;
import dev.twinbucket.store.adapter.ByteRange;
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.ExactLengthStream;
import dev.twinbucket.store.adapter.KeyLimits;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * One S3 or S3-compatible endpoint. A pinned read is of the current version: it sends {@code
 * If-Match} and compares what comes back with the pin, so that a superseded version is refused on a
 * versioned bucket too.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final long LARGEST_COPY = 5L << 30;
  private static final String OCTETS = "application/octet-stream";

  private final S3Client client;
  private final S3Quirks quirks;
  private final S3Writes writes;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.S3);
  private final BucketProofs buckets = new BucketProofs(System::nanoTime);

  private S3ObjectStore(S3Client client, S3Quirks quirks) {
    this.client = client;
    this.quirks = quirks;
    writes = new S3Writes(quirks);
  }

  /** Opens a client of that endpoint; nothing is sent yet. */
  public static S3ObjectStore open(S3StoreSettings settings) {
    return new S3ObjectStore(S3Clients.open(settings), settings.quirks());
  }

  @Override
  public Capabilities capabilities() {
    return quirks.capabilities();
  }

  @Override
  public Observation observe(ObjectLocation location) {
    KeyLimits.utf8(location);
    String bucket = location.bucket().bucket();
    S3Answer answer;
    try {
      answer =
          S3Answer.of(
              client.headObject(
                  head ->
                      head.bucket(bucket).key(location.key()).checksumMode(ChecksumMode.ENABLED)));
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        proveBucket(location, e);
        return new Observation.Absent(location);
      }
      throw e.statusCode() == 400 ? explain(location, e) : S3Errors.translate(location, e);
    } catch (SdkException e) {
      throw S3Errors.translate(location, e);
    }
    if (!answer.isPlausible()) {
      throw new StoreException.Unavailable(location + ": an answer to HEAD that is not S3's");
    }
    buckets.saw(bucket);
    return new Observation.Present(snapshot(location, answer, answer.length()));
  }

  /** A HEAD has no body, so that it cannot tell a missing object from a missing bucket. */
  private void proveBucket(ObjectLocation location, AwsServiceException notFound) {
    String bucket = location.bucket().bucket();
    boolean deleteMarker =
        notFound.awsErrorDetails() != null
            && notFound.awsErrorDetails().sdkHttpResponse() != null
            && notFound
                .awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-delete-marker")
                .isPresent();
    if (deleteMarker || S3Errors.code(notFound).equals("NoSuchBucket")) {
      if (!deleteMarker) {
        throw S3Errors.translate(location, notFound);
      }
      buckets.saw(bucket);
    }
    if (buckets.knows(bucket)) {
      return;
    }
    try {
      client.headBucket(head -> head.bucket(bucket));
    } catch (AwsServiceException e) {
      throw e.statusCode() == 404
          ? new StoreException.BucketNotFound(location.bucket() + " does not exist", e)
          : S3Errors.translate(location.bucket(), e);
    } catch (SdkException e) {
      throw S3Errors.translate(location.bucket(), e);
    }
    buckets.saw(bucket);
  }

  /** A HEAD that was refused without a word, as with an expired token: a GET is told the reason. */
  private StoreException explain(ObjectLocation location, AwsServiceException bare) {
    try {
      client
          .getObject(
              get -> get.bucket(location.bucket().bucket()).key(location.key()).range("bytes=0-0"))
          .abort();
      return new StoreException.Unavailable(location + ": HEAD is refused, GET is not", bare);
    } catch (SdkException e) {
      return S3Errors.translate(location, e);
    }
  }

  private ObjectSnapshot snapshot(ObjectLocation location, S3Answer answer, long size) {
    DecodedAttributes decoded =
        codec.decode(
            new NativeAttributes(answer.headers(), answer.metadata(), tags(location, answer)));
    String writeId = answer.writeId();
    return new ObjectSnapshot(
        location,
        new ObjectVersion(
            writeId,
            answer.etag(),
            decoded.revision(),
            writeId.isEmpty() ? answer.modified().getEpochSecond() : ObjectVersion.UNKNOWN),
        size,
        answer.crc(),
        answer.md5(),
        decoded.attributes(),
        answer.modified(),
        decoded.stamp(),
        answer.storageClass() == null ? "STANDARD" : answer.storageClass(),
        answer.readable());
  }

  private Map<String, String> tags(ObjectLocation location, S3Answer answer) {
    boolean none =
        quirks.lacksTags()
            || (!quirks.lacksTagCount() && (answer.tagCount() == null || answer.tagCount() == 0));
    if (none) {
      return Map.of();
    }
    try {
      Map<String, String> tags = new TreeMap<>();
      for (Tag tag :
          client
              .getObjectTagging(
                  get ->
                      get.bucket(location.bucket().bucket())
                          .key(location.key())
                          .versionId(answer.writeId().isEmpty() ? null : answer.writeId()))
              .tagSet()) {
        tags.put(tag.key(), tag.value());
      }
      return tags;
    } catch (SdkException e) {
      throw S3Errors.translate(location, e);
    }
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    ObjectLocation location = request.location();
    KeyLimits.utf8(location);
    GetObjectRequest.Builder get =
        GetObjectRequest.builder()
            .bucket(location.bucket().bucket())
            .key(location.key())
            .checksumMode(ChecksumMode.ENABLED);
    request.pin().ifPresent(pin -> get.ifMatch(S3Writes.quoted(pin.etag())));
    ByteRange.header(request).ifPresent(get::range);
    ResponseInputStream<GetObjectResponse> body;
    try {
      body = client.getObject(get.build());
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        proveBucket(location, e);
      }
      throw S3Errors.translate(location, e);
    } catch (SdkException e) {
      throw S3Errors.translate(location, e);
    }
    boolean accepted = false;
    try {
      ObjectContent content = accept(request, body);
      accepted = true;
      return content;
    } finally {
      if (!accepted) {
        body.abort();
      }
    }
  }

  private ObjectContent accept(ReadRequest request, ResponseInputStream<GetObjectResponse> body) {
    ObjectLocation location = request.location();
    S3Answer answer = S3Answer.of(body.response());
    if (!answer.isPlausible()) {
      throw new StoreException.Unavailable(location + ": an answer to GET that is not S3's");
    }
    buckets.saw(location.bucket().bucket());
    String contentRange = answer.contentRange() == null ? "" : answer.contentRange();
    ByteRange range =
        ByteRange.answered(request, contentRange, answer.length())
            .orElseThrow(
                () ->
                    new StoreException.Unavailable(
                        location + ": not the range that was asked for: " + contentRange));
    ObjectSnapshot snapshot = snapshot(location, answer, range.total());
    request
        .pin()
        .filter(pin -> !holds(pin, snapshot.version(), range))
        .ifPresent(
            pin -> {
              throw new StoreException.ConditionFailed(
                  location + " is " + snapshot.version() + ", no longer " + pin);
            });
    ExactLengthStream exact = new ExactLengthStream(body, range.length());
    return new ObjectContent(snapshot, exact, () -> release(exact, body));
  }

  /** A range is bytes alone; whoever reads the whole relies on its attributes too. */
  private static boolean holds(ObjectVersion pin, ObjectVersion found, ByteRange range) {
    return range.length() == range.total() ? found.sameAs(pin) : found.sameWrite(pin);
  }

  private static void release(ExactLengthStream exact, ResponseInputStream<?> body) {
    if (exact.isComplete()) {
      try {
        body.close();
      } catch (java.io.IOException | SdkException e) {
        body.abort();
      }
    } else {
      body.abort();
    }
  }

  @Override
  public ObjectVersion put(PutRequest request) {
    ObjectLocation location = request.location();
    KeyLimits.utf8(location);
    if (quirks.lacksCrc32c() && !Crc32c.of(request.content()).equals(request.crc())) {
      throw new StoreException.IntegrityMismatch(location + ": the bytes are not those announced");
    }
    NativeAttributes attributes = codec.encode(request.attributes(), request.stamp());
    PutObjectRequest put = writes.put(request, attributes);
    PutObjectResponse written =
        write(
            location,
            () ->
                client.putObject(
                    put,
                    RequestBody.fromContentProvider(
                        () -> new ByteBufferStream(request.content()),
                        request.content().remaining(),
                        OCTETS)));
    return written(
        location,
        written.versionId(),
        written.eTag(),
        DecodedAttributes.revision(
            request.attributes(), request.stamp().map(Provenance::encoded).orElse("")));
  }

  private ObjectVersion written(
      ObjectLocation location, String versionId, String etag, String revision) {
    if (etag == null) {
      throw new StoreException.Unavailable(location + ": an answer to a write without an ETag");
    }
    return new ObjectVersion(
        S3Answer.writeId(versionId), S3Answer.unquoted(etag), revision, ObjectVersion.UNKNOWN);
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    ObjectLocation location = update.current().location();
    KeyLimits.utf8(location);
    if (quirks.lacksCopyInPlace() || update.current().size() > LARGEST_COPY) {
      throw new StoreException.Unsupported(location + " can only be written as a whole");
    }
    CopyObjectRequest copy =
        writes.replaceAttributes(update, codec.encode(update.attributes(), update.stamp()));
    CopyObjectResponse copied = write(location, () -> client.copyObject(copy));
    return written(
        location,
        copied.versionId(),
        copied.copyObjectResult() == null ? null : copied.copyObjectResult().eTag(),
        DecodedAttributes.revision(
            update.attributes(), update.stamp().map(Provenance::encoded).orElse("")));
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    throw new StoreException.Unsupported(source.location() + " cannot be copied here yet");
  }

  @Override
  public MultipartUploads multipart() {
    throw new StoreException.Unsupported("multipart uploads are not implemented yet");
  }

  @Override
  public void delete(ObjectLocation location, WriteCondition condition) {
    KeyLimits.utf8(location);
    if (!(condition instanceof WriteCondition.IfUnchanged(ObjectVersion version))) {
      throw new IllegalArgumentException("what is to be deleted cannot be required to be absent");
    }
    DeleteObjectRequest delete =
        DeleteObjectRequest.builder()
            .bucket(location.bucket().bucket())
            .key(location.key())
            .ifMatch(S3Writes.quoted(version.etag()))
            .build();
    write(location, () -> client.deleteObject(delete));
  }

  /** A condition on an object that is gone is answered by 404; that is a failed condition. */
  private <T> T write(ObjectLocation location, Supplier<T> call) {
    try {
      T answer = call.get();
      buckets.saw(location.bucket().bucket());
      return answer;
    } catch (SdkException e) {
      StoreException translated = S3Errors.translate(location, e);
      if (translated instanceof StoreException.ObjectNotFound
          && e instanceof AwsServiceException answer) {
        proveBucket(location, answer);
        throw new StoreException.ConditionFailed(translated.getMessage(), e);
      }
      throw translated;
    }
  }

  @Override
  public ListPage list(ListRequest request) {
    String bucket = request.bucket().bucket();
    ListObjectsV2Response page;
    try {
      page =
          client.listObjectsV2(
              ListObjectsV2Request.builder()
                  .bucket(bucket)
                  .prefix(request.prefix().isEmpty() ? null : request.prefix())
                  .continuationToken(
                      request.continuation().isEmpty() ? null : request.continuation())
                  .maxKeys(request.limit())
                  // Keys may hold characters that XML cannot.
                  .encodingType(EncodingType.URL)
                  .build());
    } catch (SdkException e) {
      throw S3Errors.translate(request.bucket(), e);
    }
    if (page.isTruncated() == null) {
      throw new StoreException.Unavailable(request.bucket() + ": a listing that is not S3's");
    }
    String next = page.nextContinuationToken() == null ? "" : page.nextContinuationToken();
    if (page.isTruncated() && next.isEmpty()) {
      throw new StoreException.Unavailable(
          request.bucket() + ": a listing is cut off and does not say where");
    }
    buckets.saw(bucket);
    List<ListPage.Listed> objects = new ArrayList<>();
    String before = "";
    for (S3Object object : page.contents()) {
      if (KeyOrder.UTF_8.compare(before, object.key()) >= 0
          || !object.key().startsWith(request.prefix())) {
        throw new StoreException.Unavailable(
            request.bucket() + ": a listing that is not in the order of its names' bytes");
      }
      before = object.key();
      objects.add(
          new ListPage.Listed(
              object.key(),
              object.size(),
              object.lastModified(),
              S3Answer.unquoted(object.eTag())));
    }
    return new ListPage(objects, page.isTruncated() ? next : "");
  }

  @Override
  public void close() {
    client.close();
  }
}
