package dev.twinbucket.local.gcs;

import dev.twinbucket.local.pubsub.CloudEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change to an object as Cloud Storage tells Pub/Sub of it.
 *
 * @param type what happened
 * @param bucket the bucket's name
 * @param name the object's name
 * @param eventTime when it happened
 * @param attributes the attributes of the Pub/Sub message
 * @param payload the object resource as JSON
 * @see <a href="https://cloud.google.com/storage/docs/pubsub-notifications">Pub/Sub notifications
 *     for Cloud Storage</a>
 */
public record GcsNotification(
    GcsEventType type,
    String bucket,
    String name,
    Instant eventTime,
    Map<String, String> attributes,
    String payload) {

  /** Takes copies of what could change. */
  public GcsNotification {
    attributes = Map.copyOf(attributes);
  }

  static GcsNotification of(ObjectChange change, String endpoint) {
    StoredObject object = change.object();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(
        "notificationConfig", "projects/_/buckets/" + object.bucket() + "/notificationConfigs/1");
    attributes.put("eventType", change.type().pubsubName());
    attributes.put("payloadFormat", "JSON_API_V1");
    attributes.put("bucketId", object.bucket());
    attributes.put("objectId", object.name());
    attributes.put("objectGeneration", Long.toString(object.generation()));
    attributes.put("eventTime", change.at().toString());
    change
        .overwroteGeneration()
        .ifPresent(g -> attributes.put("overwroteGeneration", Long.toString(g)));
    change
        .overwrittenByGeneration()
        .ifPresent(g -> attributes.put("overwrittenByGeneration", Long.toString(g)));
    return new GcsNotification(
        change.type(),
        object.bucket(),
        object.name(),
        change.at(),
        attributes,
        ObjectResource.of(object, endpoint).toString());
  }

  /**
   * The event by which a direct Eventarc trigger tells of this change.
   *
   * @see <a href="https://cloud.google.com/eventarc/docs/cloudevents#cloud-storage">Cloud Storage
   *     events</a>
   * @see <a href="https://github.com/googleapis/google-cloudevents">StorageObjectData</a>
   */
  public CloudEvent toCloudEvent() {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("specversion", "1.0");
    context.put(
        "id",
        attributes.get("objectGeneration")
            + "-"
            + type.pubsubName()
            + "-"
            + eventTime.getEpochSecond()
            + eventTime.getNano());
    context.put("source", "//storage.googleapis.com/projects/_/buckets/" + bucket);
    context.put("type", type.cloudEventType());
    context.put("subject", "objects/" + name);
    context.put("time", eventTime.toString());
    context.put("bucket", bucket);
    return new CloudEvent(context, payload);
  }
}
