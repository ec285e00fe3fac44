package dev.twinbucket.store.s3;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.KeyOrder;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Observation;
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
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.KeyLimits;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One S3 or S3-compatible endpoint. A pinned read is of the current version: it sends {@code
 * If-Match} and compares what comes back with the pin, so that a superseded version is refused on a
 * versioned bucket too.
 */
public final class S3ObjectStore implements ObjectStore {
  private final S3Client client;
  private final S3Quirks quirks;
  private final S3Writes writes;
  private final S3Requests requests;
  private final S3Reader reader;
  private final S3Copies copies;
  private final S3Uploads uploads;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.S3);

  private S3ObjectStore(S3Client client, S3Quirks quirks) {
    this.client = client;
    this.quirks = quirks;
    writes = new S3Writes(quirks);
    requests = new S3Requests(client);
    reader = new S3Reader(requests, quirks);
    copies = new S3Copies(requests, quirks, S3Copies.LARGEST_COPY, S3Copies.PART);
    uploads = new S3Uploads(requests, quirks);
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
    return reader.observe(location);
  }

  @Override
  public ObjectContent read(ReadRequest request) {
    return reader.read(request);
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
        requests.write(location, () -> client.putObject(put, S3Writes.body(request.content())));
    return S3Requests.written(
        location,
        written.versionId(),
        written.eTag(),
        DecodedAttributes.revision(request.attributes(), request.stamp()));
  }

  @Override
  public ObjectVersion updateAttributes(AttributesUpdate update) {
    return copies.updateAttributes(update);
  }

  @Override
  public ObjectVersion copyWithin(ObjectSnapshot source, ObjectLocation target) {
    return copies.copyWithin(source, target);
  }

  @Override
  public MultipartUploads multipart() {
    return uploads;
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
    requests.write(location, () -> client.deleteObject(delete));
  }

  @Override
  public ListPage list(ListRequest request) {
    String bucket = request.bucket().bucket();
    ListObjectsV2Response page =
        requests.send(
            request.bucket(),
            () ->
                client.listObjectsV2(
                    ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(request.prefix().isEmpty() ? null : request.prefix())
                        .continuationToken(
                            request.continuation().isEmpty() ? null : request.continuation())
                        .maxKeys(request.limit())
                        // Keys may hold characters that XML cannot.
                        .encodingType(EncodingType.URL)
                        .build()));
    if (page.isTruncated() == null) {
      throw new StoreException.Unavailable(request.bucket() + ": a listing that is not S3's");
    }
    String next = page.nextContinuationToken() == null ? "" : page.nextContinuationToken();
    if (page.isTruncated() && next.isEmpty()) {
      throw new StoreException.Unavailable(
          request.bucket() + ": a listing is cut off and does not say where");
    }
    requests.saw(request.bucket());
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
