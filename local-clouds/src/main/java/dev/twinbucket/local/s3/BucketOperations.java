package dev.twinbucket.local.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What concerns a bucket as a whole, its listings apart. */
final class BucketOperations {
  private final BucketDirectory buckets;
  private final BodyReceiver receiver;
  private final Notifier notifier;
  private final String region;

  BucketOperations(
      BucketDirectory buckets, BodyReceiver receiver, Notifier notifier, String region) {
    this.buckets = buckets;
    this.receiver = receiver;
    this.notifier = notifier;
    this.region = region;
  }

  void create(S3Call call) throws IOException {
    ReceivedBody body = receiver.receive(call, Optional.empty());
    String where = region;
    if (body.content().length() > 0) {
      Xml root = Xml.read(ContentInput.open(body.content()), "CreateBucketConfiguration");
      where = root.text("LocationConstraint").filter(l -> !l.isEmpty()).orElse(region);
    }
    buckets.create(call.bucketName(), where);
    call.set("Location", "/" + call.bucketName());
    call.respond(200);
  }

  void delete(S3Call call) throws IOException {
    buckets.delete(call.bucketName());
    call.respond(204);
  }

  void head(S3Call call, Bucket bucket) throws IOException {
    call.set("x-amz-bucket-region", bucket.region());
    call.respond(200);
  }

  void list(S3Call call) throws IOException {
    call.respond(
        XmlWriter.document(
            "ListAllMyBucketsResult",
            xml ->
                xml.element("Owner", o -> o.text("ID", "LOCALOWNER"))
                    .element(
                        "Buckets",
                        all ->
                            buckets
                                .all()
                                .forEach(
                                    b ->
                                        all.element(
                                            "Bucket",
                                            x ->
                                                x.text("Name", b.name())
                                                    .time("CreationDate", b.created())
                                                    .text("BucketRegion", b.region()))))));
  }

  void location(S3Call call, Bucket bucket) throws IOException {
    // The oldest region has no name here.
    String name = bucket.region().equals("us-east-1") ? "" : bucket.region();
    XmlWriter.Inside text = xml -> xml.bare(name);
    call.respond(XmlWriter.document("LocationConstraint", text));
  }

  void getVersioning(S3Call call, Bucket bucket) throws IOException {
    call.respond(
        XmlWriter.document(
            "VersioningConfiguration",
            xml -> {
              switch (bucket.versioning()) {
                case UNVERSIONED -> {}
                case ENABLED -> xml.text("Status", "Enabled");
                case SUSPENDED -> xml.text("Status", "Suspended");
              }
            }));
  }

  void putVersioning(S3Call call, Bucket bucket) throws IOException {
    ReceivedBody body = receiver.receive(call, Optional.empty());
    Xml root = Xml.read(ContentInput.open(body.content()), "VersioningConfiguration");
    bucket.setVersioning(
        switch (root.text("Status").orElse("")) {
          case "Enabled" -> Versioning.ENABLED;
          case "Suspended" -> Versioning.SUSPENDED;
          default -> throw ErrorCode.ILLEGAL_VERSIONING_CONFIGURATION.failure();
        });
    call.respond(200);
  }

  void getNotifications(S3Call call, Bucket bucket) throws IOException {
    call.respond(
        XmlWriter.document(
            "NotificationConfiguration",
            xml ->
                bucket
                    .notifications()
                    .queues()
                    .forEach(q -> xml.element("QueueConfiguration", x -> write(q, x)))));
  }

  private static void write(NotificationConfiguration.Queue queue, XmlWriter xml) {
    xml.text("Id", queue.id()).text("Queue", queue.arn());
    queue.events().forEach(e -> xml.text("Event", e));
    if (!queue.prefix().isEmpty() || !queue.suffix().isEmpty()) {
      xml.element(
          "Filter",
          filter ->
              filter.element(
                  "S3Key",
                  key -> {
                    rule(key, "Prefix", queue.prefix());
                    rule(key, "Suffix", queue.suffix());
                  }));
    }
  }

  private static void rule(XmlWriter xml, String name, String value) {
    if (!value.isEmpty()) {
      xml.element("FilterRule", r -> r.text("Name", name).text("Value", value));
    }
  }

  void putNotifications(S3Call call, Bucket bucket) throws IOException {
    ReceivedBody body = receiver.receive(call, Optional.empty());
    Xml root = Xml.read(ContentInput.open(body.content()), "NotificationConfiguration");
    if (!root.children("TopicConfiguration").isEmpty()
        || !root.children("CloudFunctionConfiguration").isEmpty()
        || !root.children("EventBridgeConfiguration").isEmpty()) {
      throw ErrorCode.NOT_IMPLEMENTED.failure("Only queues can be notified here");
    }
    List<NotificationConfiguration.Queue> queues =
        root.children("QueueConfiguration").stream().map(NotificationReader::queue).toList();
    for (NotificationConfiguration.Queue queue : queues) {
      if (!notifier.queues().exists(queue.arn())) {
        throw ErrorCode.INVALID_ARGUMENT
            .failure("Unable to validate the following destination configurations")
            .element("ArgumentName", queue.arn());
      }
    }
    bucket.setNotifications(new NotificationConfiguration(queues));
    queues.forEach(q -> notifier.publishTest(bucket, q.arn()));
    call.respond(200);
  }
}
