package dev.twinbucket.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.RequestBody;
import com.google.cloud.storage.multipartupload.model.AbortMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompleteMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompletedMultipartUpload;
import com.google.cloud.storage.multipartupload.model.CompletedPart;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsResponse;
import com.google.cloud.storage.multipartupload.model.ListPartsRequest;
import com.google.cloud.storage.multipartupload.model.ListPartsResponse;
import com.google.cloud.storage.multipartupload.model.MultipartUpload;
import com.google.cloud.storage.multipartupload.model.Part;
import com.google.cloud.storage.multipartupload.model.UploadPartRequest;
import com.google.cloud.storage.multipartupload.model.UploadPartResponse;
import dev.twinbucket.object.BucketLocation;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.store.MultipartUploads;
import dev.twinbucket.store.OpenUploads;
import dev.twinbucket.store.PartBody;
import dev.twinbucket.store.PartLimits;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadCompletion;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Multipart uploads of the XML API, by the SDK's client but for their beginning.
 *
 * @see <a href="https://docs.cloud.google.com/storage/docs/multipart-uploads">GCS: XML API
 *     multipart uploads</a>
 */
final class GcsUploads implements MultipartUploads {
  private static final int PAGE = 1000;

  /** A second change of one object within a second may be refused: that is worth waiting for. */
  private static final Duration BETWEEN_MUTATIONS = Duration.ofMillis(1_200);

  private final MultipartUploadClient client;
  private final GcsRawHttp http;
  private final GcsStaging staging;
  private final Optional<String> stagingBucket;
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.GCS);

  GcsUploads(HttpStorageOptions options, Optional<String> stagingBucket, GcsRawHttp http) {
    this.client = MultipartUploadClient.create(MultipartUploadSettings.of(options));
    this.http = http;
    this.stagingBucket = stagingBucket;
    this.staging =
        new GcsStaging(
            options.toBuilder()
                .setRetrySettings(
                    options.getRetrySettings().toBuilder()
                        .setInitialRetryDelayDuration(BETWEEN_MUTATIONS)
                        .build())
                .build()
                .getService());
  }

  @Override
  public PartLimits limits() {
    return PartLimits.GCS;
  }

  @Override
  public Upload create(UploadRequest request) {
    ObjectLocation destination = request.destination();
    GcsKeys.check(destination);
    ObjectLocation place = home(destination.bucket()).object(STAGING_PREFIX + request.name());
    NativeAttributes attributes = codec.encode(request.attributes(), request.stamp());
    // In another bucket its defaults hold; the copy from there says what the destination's are.
    Placement placement =
        place.bucket().equals(destination.bucket()) ? request.placement() : Placement.DEFAULT;
    try {
      HttpResponse answer = http.beginUpload(place, UploadHeaders.of(attributes, placement));
      try {
        return new Upload(destination, place, UploadXml.uploadId(answer.getContent()));
      } finally {
        answer.disconnect();
      }
    } catch (IOException e) {
      throw beginning(place, e);
    }
  }

  private static StoreException beginning(ObjectLocation place, IOException failure) {
    StoreException translated = GcsErrors.ofUpload(place, failure);
    return translated instanceof StoreException.UploadNotFound
        ? GcsErrors.translate(place, failure)
        : translated;
  }

  private BucketLocation home(BucketLocation bucket) {
    return stagingBucket.map(name -> new BucketLocation(bucket.store(), name)).orElse(bucket);
  }

  @Override
  public UploadedPart putPart(Upload upload, int number, PartBody body) {
    UploadPartRequest part =
        UploadPartRequest.builder()
            .bucket(upload.staging().bucket().bucket())
            .key(upload.staging().key())
            .uploadId(upload.id())
            .partNumber(number)
            .crc32c(body.crc().base64())
            .build();
    UploadPartResponse sent =
        send(upload, () -> client.uploadPart(part, RequestBody.of(body.bytes().duplicate())));
    if (sent.eTag() == null) {
      throw new StoreException.Unavailable(upload.staging() + ": a part without an ETag");
    }
    return new UploadedPart(number, body.size(), unquoted(sent.eTag()), Optional.of(body.crc()));
  }

  @Override
  public List<UploadedPart> parts(Upload upload) {
    List<UploadedPart> parts = new ArrayList<>();
    int marker = 0;
    while (true) {
      ListPartsRequest list =
          ListPartsRequest.builder()
              .bucket(upload.staging().bucket().bucket())
              .key(upload.staging().key())
              .uploadId(upload.id())
              .maxParts(PAGE)
              .partNumberMarker(marker)
              .build();
      ListPartsResponse page = send(upload, () -> client.listParts(list));
      for (Part part : Optional.ofNullable(page.parts()).orElse(List.of())) {
        if (!parts.isEmpty() && part.partNumber() <= parts.getLast().number()) {
          throw new StoreException.Unavailable(upload.staging() + ": parts listed out of order");
        }
        parts.add(
            new UploadedPart(
                part.partNumber(), part.size(), unquoted(part.eTag()), Optional.empty()));
      }
      if (!page.truncated()) {
        return parts;
      }
      if (page.nextPartNumberMarker() <= marker) {
        throw new StoreException.Unavailable(
            upload.staging() + ": a list of parts is cut off and does not say where");
      }
      marker = page.nextPartNumberMarker();
    }
  }

  @Override
  public ObjectVersion complete(UploadCompletion completion) {
    Upload upload = completion.upload();
    long size = completion.parts().stream().mapToLong(UploadedPart::size).sum();
    if (size != completion.size()) {
      throw new StoreException.IntegrityMismatch(
          upload.destination()
              + ": parts of "
              + size
              + " bytes for an object of "
              + completion.size());
    }
    List<CompletedPart> parts =
        completion.parts().stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag("\"" + part.etag() + "\"")
                        .build())
            .toList();
    CompleteMultipartUploadRequest complete =
        CompleteMultipartUploadRequest.builder()
            .bucket(upload.staging().bucket().bucket())
            .key(upload.staging().key())
            .uploadId(upload.id())
            .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())
            .build();
    try {
      send(upload, () -> client.completeMultipartUpload(complete));
    } catch (StoreException.UploadNotFound completed) {
      // By an attempt whose answer was lost, or by somebody else: what they left tells.
    }
    return staging.publish(completion);
  }

  @Override
  public void abort(Upload upload) {
    // What completions leave is listed as an upload without an id.
    if (!upload.id().isEmpty()) {
      AbortMultipartUploadRequest abort =
          AbortMultipartUploadRequest.builder()
              .bucket(upload.staging().bucket().bucket())
              .key(upload.staging().key())
              .uploadId(upload.id())
              .build();
      try {
        send(upload, () -> client.abortMultipartUpload(abort));
      } catch (StoreException.UploadNotFound gone) {
        // That is what was asked for; but a completion may have left something.
      }
    }
    if (upload.staging().key().startsWith(STAGING_PREFIX)) {
      staging.remove(upload);
    }
  }

  @Override
  public OpenUploads open(BucketLocation bucket, String prefix, Optional<String> after) {
    Optional<String> under = staged(prefix);
    if (under.isEmpty()) {
      return new OpenUploads(List.of(), Optional.empty());
    }
    BucketLocation home = home(bucket);
    UploadMarker marker = after.map(UploadMarker::parse).orElse(UploadMarker.FIRST);
    if (marker.ofObjects()) {
      OpenUploads page = staging.list(home, under.get(), marker.token());
      return new OpenUploads(
          page.uploads(), page.next().map(token -> UploadMarker.objects(token).text()));
    }
    return listUploads(home, under.get(), marker);
  }

  /** Ours are under staging names alone; whatever else is open is not looked at. */
  private static Optional<String> staged(String prefix) {
    if (STAGING_PREFIX.startsWith(prefix)) {
      return Optional.of(STAGING_PREFIX);
    }
    return prefix.startsWith(STAGING_PREFIX) ? Optional.of(prefix) : Optional.empty();
  }

  private OpenUploads listUploads(BucketLocation bucket, String prefix, UploadMarker marker) {
    ListMultipartUploadsRequest.Builder list =
        ListMultipartUploadsRequest.builder()
            .bucket(bucket.bucket())
            .prefix(prefix)
            .maxUploads(PAGE);
    if (!marker.key().isEmpty()) {
      list.keyMarker(marker.key()).uploadIdMarker(marker.token());
    }
    ListMultipartUploadsResponse page =
        UploadRetries.send(bucket, () -> client.listMultipartUploads(list.build()));
    List<OpenUploads.Open> open = new ArrayList<>();
    for (MultipartUpload upload : page.uploads()) {
      ObjectLocation place = bucket.object(upload.key());
      open.add(
          new OpenUploads.Open(
              new Upload(place, place, upload.uploadId()), upload.initiated().toInstant()));
    }
    UploadMarker next =
        page.truncated()
            ? UploadMarker.uploads(page.nextKeyMarker(), page.nextUploadIdMarker())
            : UploadMarker.objects("");
    return new OpenUploads(open, Optional.of(next.text()));
  }

  private static <T> T send(Upload upload, Supplier<T> call) {
    return UploadRetries.send(upload.staging(), call);
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}
