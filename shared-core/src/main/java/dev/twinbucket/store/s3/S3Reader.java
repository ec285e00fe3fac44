package dev.twinbucket.store.s3;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.ByteRange;
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.ExactLengthStream;
import dev.twinbucket.store.adapter.KeyLimits;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Looks at objects and reads them. */
final class S3Reader {
  private final S3Client client;
  private final S3Requests requests;
  private final S3Quirks quirks;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.S3);

  S3Reader(S3Requests requests, S3Quirks quirks) {
    this.client = requests.client();
    this.requests = requests;
    this.quirks = quirks;
  }

  Observation observe(ObjectLocation location) {
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
        requests.proveBucket(location, e);
        return new Observation.Absent(location);
      }
      throw e.statusCode() == 400 ? explain(location, e) : S3Errors.translate(location, e);
    } catch (SdkException e) {
      throw S3Errors.translate(location, e);
    }
    if (!answer.isPlausible()) {
      throw new StoreException.Unavailable(location + ": an answer to HEAD that is not S3's");
    }
    requests.saw(location);
    return new Observation.Present(snapshot(location, answer, answer.length()));
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

  ObjectContent read(ReadRequest request) {
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
        requests.proveBucket(location, e);
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
    requests.saw(location);
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
}
