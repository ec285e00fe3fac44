package dev.twinbucket.local.s3;

import dev.twinbucket.local.http.QueryParameters;
import java.util.List;

/** Tells which operation a call is. */
final class Routing {
  /** Parts of a bucket or object that the real service has and this one does not. */
  private static final List<String> UNKNOWN_SUBRESOURCES =
      List.of(
          "accelerate",
          "analytics",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metrics",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "retention",
          "select",
          "torrent",
          "website");

  private Routing() {}

  static S3Operation operation(S3Call call) {
    if (UNKNOWN_SUBRESOURCES.stream().anyMatch(call.query()::has)) {
      throw ErrorCode.NOT_IMPLEMENTED.failure();
    }
    if (call.bucketName().isEmpty()) {
      if (call.http().method().equals("GET") && call.key().isEmpty()) {
        return S3Operation.LIST_BUCKETS;
      }
      throw ErrorCode.METHOD_NOT_ALLOWED.failure();
    }
    return call.key().isEmpty() ? onBucket(call) : onObject(call);
  }

  private static S3Operation onBucket(S3Call call) {
    QueryParameters query = call.query();
    if (query.has("acl") || query.has("tagging")) {
      throw ErrorCode.NOT_IMPLEMENTED.failure();
    }
    return switch (call.http().method()) {
      case "PUT" -> {
        if (query.has("versioning")) {
          yield S3Operation.PUT_BUCKET_VERSIONING;
        }
        yield query.has("notification")
            ? S3Operation.PUT_BUCKET_NOTIFICATION_CONFIGURATION
            : S3Operation.CREATE_BUCKET;
      }
      case "GET" -> bucketRead(query);
      case "HEAD" -> S3Operation.HEAD_BUCKET;
      case "DELETE" -> S3Operation.DELETE_BUCKET;
      case "POST" -> {
        if (query.has("delete")) {
          yield S3Operation.DELETE_OBJECTS;
        }
        throw ErrorCode.NOT_IMPLEMENTED.failure();
      }
      default -> throw ErrorCode.METHOD_NOT_ALLOWED.failure();
    };
  }

  private static S3Operation bucketRead(QueryParameters query) {
    if (query.has("location")) {
      return S3Operation.GET_BUCKET_LOCATION;
    }
    if (query.has("versioning")) {
      return S3Operation.GET_BUCKET_VERSIONING;
    }
    if (query.has("notification")) {
      return S3Operation.GET_BUCKET_NOTIFICATION_CONFIGURATION;
    }
    if (query.has("versions")) {
      return S3Operation.LIST_OBJECT_VERSIONS;
    }
    if (query.has("uploads")) {
      return S3Operation.LIST_MULTIPART_UPLOADS;
    }
    return query.first("list-type").filter("2"::equals).isPresent()
        ? S3Operation.LIST_OBJECTS_V2
        : S3Operation.LIST_OBJECTS;
  }

  private static S3Operation onObject(S3Call call) {
    QueryParameters query = call.query();
    boolean copies = call.header("x-amz-copy-source").isPresent();
    boolean upload = query.has("uploadId");
    return switch (call.http().method()) {
      case "PUT" -> {
        if (query.has("tagging")) {
          yield S3Operation.PUT_OBJECT_TAGGING;
        }
        if (query.has("acl")) {
          yield S3Operation.PUT_OBJECT_ACL;
        }
        if (upload) {
          yield copies ? S3Operation.UPLOAD_PART_COPY : S3Operation.UPLOAD_PART;
        }
        yield copies ? S3Operation.COPY_OBJECT : S3Operation.PUT_OBJECT;
      }
      case "GET" -> {
        if (query.has("acl")) {
          throw ErrorCode.NOT_IMPLEMENTED.failure();
        }
        if (query.has("tagging")) {
          yield S3Operation.GET_OBJECT_TAGGING;
        }
        if (query.has("attributes")) {
          yield S3Operation.GET_OBJECT_ATTRIBUTES;
        }
        yield upload ? S3Operation.LIST_PARTS : S3Operation.GET_OBJECT;
      }
      case "HEAD" -> S3Operation.HEAD_OBJECT;
      case "DELETE" -> {
        if (query.has("tagging")) {
          yield S3Operation.DELETE_OBJECT_TAGGING;
        }
        yield upload ? S3Operation.ABORT_MULTIPART_UPLOAD : S3Operation.DELETE_OBJECT;
      }
      case "POST" -> {
        if (query.has("uploads")) {
          yield S3Operation.CREATE_MULTIPART_UPLOAD;
        }
        if (upload) {
          yield S3Operation.COMPLETE_MULTIPART_UPLOAD;
        }
        if (query.has("restore")) {
          yield S3Operation.RESTORE_OBJECT;
        }
        throw ErrorCode.METHOD_NOT_ALLOWED.failure();
      }
      default -> throw ErrorCode.METHOD_NOT_ALLOWED.failure();
    };
  }
}
