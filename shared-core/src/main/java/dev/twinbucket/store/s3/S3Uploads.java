package dev.twinbucket.store.s3;

import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.KeyLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Multipart uploads to S3, which puts an object together under its own name. */
final class S3Uploads implements MultipartUploads {
  private static final int PAGE = 1000;

  private final S3Client client;
  private final S3Requests requests;
  private final S3Quirks quirks;
  private final S3Writes writes;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.S3);

  S3Uploads(S3Requests requests, S3Quirks quirks) {
    this.client = requests.client();
    this.requests = requests;
    this.quirks = quirks;
    this.writes = new S3Writes(quirks);
  }

  @Override
  public PartLimits limits() {
    return PartLimits.S3;
  }

  @Override
  public Upload create(UploadRequest request) {
    ObjectLocation destination = request.destination();
    KeyLimits.utf8(destination);
    CreateMultipartUploadRequest create =
        writes.create(request, codec.encode(request.attributes(), request.stamp()));
    String id = requests.send(destination, () -> client.createMultipartUpload(create)).uploadId();
    if (id == null || id.isEmpty()) {
      throw new StoreException.Unavailable(destination + ": an upload without an id");
    }
    requests.saw(destination);
    return new Upload(destination, destination, id);
  }

  @Override
  public UploadedPart putPart(Upload upload, int number, PartBody body) {
    ObjectLocation destination = upload.destination();
    if (quirks.lacksCrc32c() && !Crc32c.of(body.bytes()).equals(body.crc())) {
      throw new StoreException.IntegrityMismatch(
          destination + ": part " + number + " is not the one that was announced");
    }
    UploadPartResponse sent =
        requests.send(
            destination,
            () ->
                client.uploadPart(writes.part(upload, number, body), S3Writes.body(body.bytes())));
    if (sent.eTag() == null) {
      throw new StoreException.Unavailable(destination + ": an answer to a part without an ETag");
    }
    return new UploadedPart(
        number, body.size(), S3Answer.unquoted(sent.eTag()), Optional.of(body.crc()));
  }

  @Override
  public List<UploadedPart> parts(Upload upload) {
    ObjectLocation destination = upload.destination();
    List<UploadedPart> parts = new ArrayList<>();
    Integer marker = null;
    while (true) {
      Integer after = marker;
      ListPartsResponse page =
          requests.send(
              destination,
              () ->
                  client.listParts(
                      list ->
                          list.bucket(destination.bucket().bucket())
                              .key(destination.key())
                              .uploadId(upload.id())
                              .maxParts(PAGE)
                              .partNumberMarker(after)));
      if (page.isTruncated() == null) {
        throw new StoreException.Unavailable(destination + ": a list of parts that is not S3's");
      }
      for (Part part : page.parts()) {
        if (!parts.isEmpty() && part.partNumber() <= parts.getLast().number()) {
          throw new StoreException.Unavailable(destination + ": a list of parts out of order");
        }
        parts.add(read(part));
      }
      if (!page.isTruncated()) {
        return parts;
      }
      marker = page.nextPartNumberMarker();
      if (marker == null || (after != null && marker <= after)) {
        throw new StoreException.Unavailable(
            destination + ": a list of parts is cut off and does not say where");
      }
    }
  }

  private static UploadedPart read(Part part) {
    return new UploadedPart(
        part.partNumber(),
        part.size(),
        S3Answer.unquoted(part.eTag()),
        Optional.ofNullable(part.checksumCRC32C()).map(Crc32c::parse));
  }

  @Override
  public ObjectVersion complete(UploadCompletion completion) {
    ObjectLocation destination = completion.upload().destination();
    long size = completion.parts().stream().mapToLong(UploadedPart::size).sum();
    if (size != completion.size()) {
      throw new StoreException.IntegrityMismatch(
          destination + ": parts of " + size + " bytes for an object of " + completion.size());
    }
    CompleteMultipartUploadRequest complete = writes.complete(completion);
    CompleteMultipartUploadResponse completed =
        requests.write(destination, () -> client.completeMultipartUpload(complete));
    return S3Requests.written(
        destination,
        completed.versionId(),
        completed.eTag(),
        DecodedAttributes.revision(completion.attributes(), completion.stamp()));
  }

  @Override
  public void abort(Upload upload) {
    ObjectLocation destination = upload.destination();
    try {
      requests.send(
          destination,
          () ->
              client.abortMultipartUpload(
                  abort ->
                      abort
                          .bucket(destination.bucket().bucket())
                          .key(destination.key())
                          .uploadId(upload.id())));
    } catch (StoreException.UploadNotFound gone) {
      // That is what was asked for.
    }
  }

  @Override
  public OpenUploads open(BucketLocation bucket, String prefix, Optional<String> after) {
    Optional<Marker> marker = after.map(Marker::parse);
    ListMultipartUploadsResponse page =
        requests.send(
            bucket,
            () ->
                client.listMultipartUploads(
                    list ->
                        list.bucket(bucket.bucket())
                            .prefix(prefix.isEmpty() ? null : prefix)
                            .keyMarker(marker.map(Marker::key).orElse(null))
                            .uploadIdMarker(marker.map(Marker::id).orElse(null))
                            .maxUploads(PAGE)
                            // Keys may hold characters that XML cannot.
                            .encodingType(EncodingType.URL)));
    if (page.isTruncated() == null) {
      throw new StoreException.Unavailable(bucket + ": a list of uploads that is not S3's");
    }
    List<OpenUploads.Open> uploads = new ArrayList<>();
    for (MultipartUpload upload : page.uploads()) {
      ObjectLocation destination = bucket.object(upload.key());
      uploads.add(
          new OpenUploads.Open(
              new Upload(destination, destination, upload.uploadId()), upload.initiated()));
    }
    if (!page.isTruncated()) {
      return new OpenUploads(uploads, Optional.empty());
    }
    if (page.nextKeyMarker() == null || page.nextUploadIdMarker() == null) {
      throw new StoreException.Unavailable(
          bucket + ": a list of uploads is cut off and does not say where");
    }
    return new OpenUploads(
        uploads, Optional.of(new Marker(page.nextUploadIdMarker(), page.nextKeyMarker()).text()));
  }

  /** Where a listing goes on: behind that upload of that key. */
  private record Marker(String id, String key) {
    String text() {
      return id.length() + ":" + id + key;
    }

    static Marker parse(String text) {
      int colon = text.indexOf(':');
      int end = colon + 1 + Integer.parseInt(text.substring(0, colon));
      return new Marker(text.substring(colon + 1, end), text.substring(end));
    }
  }
}
