package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.CallHandler;
import dev.twinbucket.local.http.HttpCall;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Takes calls to their operations, and failures to their XML. */
final class S3Service implements CallHandler {
  private final BucketDirectory buckets;
  private final Authentication authentication = new Authentication();
  private final Map<S3Operation, Long> counts = new EnumMap<>(S3Operation.class);
  private final BucketOperations bucketOperations;
  private final ObjectListings listings = new ObjectListings();
  private final MultipartListings multipartListings = new MultipartListings();
  private final ObjectReads reads;
  private final ObjectAttributesRead attributesRead = new ObjectAttributesRead();
  private final ObjectWrites writes;
  private final ObjectCopies copies;
  private final ObjectDeletes deletes;
  private final ObjectTagging tagging;
  private final ObjectRestores restores;
  private final Multipart multipart;
  private final MultipartCompletion completion;
  private long requests;

  S3Service(
      BucketDirectory buckets,
      ContentStore contents,
      Notifier notifier,
      InstantSource clock,
      String region,
      long smallestPart) {
    this.buckets = buckets;
    BodyReceiver receiver = new BodyReceiver(contents);
    this.bucketOperations = new BucketOperations(buckets, receiver, notifier, region);
    this.reads = new ObjectReads(clock);
    this.writes = new ObjectWrites(receiver, notifier);
    this.copies = new ObjectCopies(buckets, notifier, clock);
    this.deletes = new ObjectDeletes(receiver, notifier);
    this.tagging = new ObjectTagging(receiver, notifier);
    this.restores = new ObjectRestores(receiver, notifier, clock);
    this.multipart = new Multipart(buckets, receiver, clock);
    this.completion = new MultipartCompletion(notifier, smallestPart);
  }

  Authentication authentication() {
    return authentication;
  }

  ObjectDeletes deletes() {
    return deletes;
  }

  synchronized Map<S3Operation, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized void resetCounts() {
    counts.clear();
  }

  private synchronized void count(S3Operation operation) {
    counts.merge(operation, 1L, Long::sum);
  }

  private synchronized String requestId() {
    return String.format("%016X", ++requests);
  }

  @Override
  public void handle(HttpCall http) throws IOException {
    String requestId = requestId();
    http.set("x-amz-request-id", requestId).set("Server", "AmazonS3");
    try {
      S3Call call = Addressing.resolve(http);
      S3Operation operation = Routing.operation(call);
      count(operation);
      authentication.check(call);
      perform(operation, call);
    } catch (S3Failure e) {
      refuse(http, e, requestId);
    }
  }

  private void perform(S3Operation operation, S3Call call) throws IOException {
    switch (operation) {
      case LIST_BUCKETS -> bucketOperations.list(call);
      case CREATE_BUCKET -> bucketOperations.create(call);
      case DELETE_BUCKET -> bucketOperations.delete(call);
      default -> perform(operation, call, buckets.get(call.bucketName()));
    }
  }

  private void perform(S3Operation operation, S3Call call, Bucket bucket) throws IOException {
    switch (operation) {
      case HEAD_BUCKET -> bucketOperations.head(call, bucket);
      case GET_BUCKET_LOCATION -> bucketOperations.location(call, bucket);
      case GET_BUCKET_VERSIONING -> bucketOperations.getVersioning(call, bucket);
      case PUT_BUCKET_VERSIONING -> bucketOperations.putVersioning(call, bucket);
      case GET_BUCKET_NOTIFICATION_CONFIGURATION -> bucketOperations.getNotifications(call, bucket);
      case PUT_BUCKET_NOTIFICATION_CONFIGURATION -> bucketOperations.putNotifications(call, bucket);
      case LIST_OBJECTS_V2 -> listings.listV2(call, bucket);
      case LIST_OBJECTS -> listings.listV1(call, bucket);
      case LIST_OBJECT_VERSIONS -> listings.listVersions(call, bucket);
      case LIST_MULTIPART_UPLOADS -> multipartListings.listUploads(call, bucket);
      case LIST_PARTS -> multipartListings.listParts(call, bucket);
      case GET_OBJECT, HEAD_OBJECT -> reads.get(call, bucket);
      case GET_OBJECT_ATTRIBUTES -> attributesRead.get(call, bucket);
      case PUT_OBJECT -> writes.put(call, bucket);
      case PUT_OBJECT_ACL -> writes.putAcl(call, bucket);
      case COPY_OBJECT -> copies.copy(call, bucket);
      case DELETE_OBJECT -> deletes.delete(call, bucket);
      case DELETE_OBJECTS -> deletes.deleteMany(call, bucket);
      case GET_OBJECT_TAGGING -> tagging.get(call, bucket);
      case PUT_OBJECT_TAGGING -> tagging.put(call, bucket);
      case DELETE_OBJECT_TAGGING -> tagging.delete(call, bucket);
      case RESTORE_OBJECT -> restores.restore(call, bucket);
      case CREATE_MULTIPART_UPLOAD -> multipart.create(call, bucket);
      case UPLOAD_PART -> multipart.uploadPart(call, bucket);
      case UPLOAD_PART_COPY -> multipart.uploadPartCopy(call, bucket);
      case ABORT_MULTIPART_UPLOAD -> multipart.abort(call, bucket);
      case COMPLETE_MULTIPART_UPLOAD -> completion.complete(call, bucket);
      case LIST_BUCKETS, CREATE_BUCKET, DELETE_BUCKET ->
          throw new IllegalStateException("Handled before a bucket is looked up");
    }
  }

  private static void refuse(HttpCall http, S3Failure failure, String requestId)
      throws IOException {
    failure.headers().forEach(http::set);
    int status = failure.code().status();
    if (status == 304) {
      http.respond(status);
      return;
    }
    XmlWriter document =
        XmlWriter.plainDocument(
            "Error",
            xml -> {
              xml.text("Code", failure.code().code()).text("Message", failure.getMessage());
              failure.elements().forEach(xml::text);
              xml.text("RequestId", requestId).text("HostId", "local");
            });
    http.respond(status, "application/xml", document.toString());
  }
}
