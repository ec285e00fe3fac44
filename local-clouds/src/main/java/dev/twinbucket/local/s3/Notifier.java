package dev.twinbucket.local.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the notifications of changes and hands them to listeners and configured queues. */
final class Notifier {
  private static final Logger LOG = System.getLogger(Notifier.class.getName());
  private static final DateTimeFormatter EVENT_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final ObjectMapper json = new ObjectMapper();
  private final InstantSource clock;
  private final List<NotificationListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<QueueSender> sender = new AtomicReference<>(new NoQueues());

  Notifier(InstantSource clock) {
    this.clock = clock;
  }

  void add(NotificationListener listener) {
    listeners.add(listener);
  }

  void remove(NotificationListener listener) {
    listeners.remove(listener);
  }

  void connect(QueueSender queues) {
    sender.set(queues);
  }

  QueueSender queues() {
    return sender.get();
  }

  /** Tells everybody about a change. */
  void publish(Bucket bucket, EventType type, Bucket.Committed change) {
    for (NotificationListener listener : listeners) {
      try {
        listener.onNotification(bucket.name(), message(bucket, type, change, "local-listener"));
      } catch (RuntimeException e) {
        // The change is committed, and the caller must hear so whatever a listener makes of it.
        LOG.log(Level.ERROR, "A notification listener failed", e);
      }
    }
    for (NotificationConfiguration.Queue queue : bucket.notifications().queues()) {
      if (queue.wants(type, change.version().key())) {
        sender.get().send(queue.arn(), message(bucket, type, change, queue.id()));
      }
    }
  }

  /** Sends the message with which S3 tries a newly configured queue. */
  void publishTest(Bucket bucket, String queueArn) {
    ObjectNode test = json.createObjectNode();
    test.put("Service", "Amazon S3");
    test.put("Event", "s3:TestEvent");
    test.put("Time", EVENT_TIME.format(clock.instant()));
    test.put("Bucket", bucket.name());
    test.put("RequestId", "TESTEVENT0000001");
    test.put("HostId", "local");
    sender.get().send(queueArn, write(test));
  }

  private String message(
      Bucket bucket, EventType type, Bucket.Committed change, String configurationId) {
    ObjectNode message = json.createObjectNode();
    ObjectNode event = message.putArray("Records").addObject();
    event.put("eventVersion", type.eventVersion());
    event.put("eventSource", "aws:s3");
    event.put("awsRegion", bucket.region());
    event.put("eventTime", EVENT_TIME.format(clock.instant()));
    event.put("eventName", type.eventName());
    event.putObject("userIdentity").put("principalId", "LOCALPRINCIPAL");
    event.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    event
        .putObject("responseElements")
        .put("x-amz-request-id", change.sequencer())
        .put("x-amz-id-2", "local");
    ObjectNode s3 = event.putObject("s3");
    s3.put("s3SchemaVersion", "1.0");
    s3.put("configurationId", configurationId);
    ObjectNode about = s3.putObject("bucket");
    about.put("name", bucket.name());
    about.putObject("ownerIdentity").put("principalId", "LOCALOWNER");
    about.put("arn", "arn:aws:s3:::" + bucket.name());
    ObjectNode object = s3.putObject("object");
    object.put("key", FormEncoding.encode(change.version().key()));
    switch (type) {
      case OBJECT_REMOVED_DELETE, LIFECYCLE_EXPIRATION_DELETE -> {}
      case OBJECT_REMOVED_DELETE_MARKER_CREATED, LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED ->
          object.put("eTag", change.version().object().etag());
      default -> {
        object.put("size", change.version().size());
        object.put("eTag", change.version().object().etag());
      }
    }
    change.shownVersionId().ifPresent(id -> object.put("versionId", id));
    object.put("sequencer", change.sequencer());
    return write(message);
  }

  private String write(ObjectNode node) {
    try {
      return json.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can be written", e);
    }
  }

  /** In force until queues are connected. */
  private static final class NoQueues implements QueueSender {
    @Override
    public boolean exists(String queueArn) {
      return false;
    }

    @Override
    public void send(String queueArn, String body) {
      throw new IllegalStateException("No queues are connected");
    }
  }
}
