package dev.twinbucket.local.gcs;

/**
 * What may happen to an object, in the two vocabularies that tell of it.
 *
 * @see <a href="https://cloud.google.com/storage/docs/pubsub-notifications#events">Pub/Sub event
 *     types</a>
 * @see <a href="https://cloud.google.com/eventarc/docs/reference/supported-events">Eventarc event
 *     types</a>
 */
public enum GcsEventType {
  /** A generation came into being: created, overwritten, copied, composed or moved here. */
  FINALIZE("OBJECT_FINALIZE", "google.cloud.storage.object.v1.finalized"),
  /** A generation is gone for good; an overwrite in an unversioned bucket does this too. */
  DELETE("OBJECT_DELETE", "google.cloud.storage.object.v1.deleted"),
  /** The live generation of a versioned bucket became noncurrent. */
  ARCHIVE("OBJECT_ARCHIVE", "google.cloud.storage.object.v1.archived"),
  /** The metadata of a generation changed. */
  METADATA_UPDATE("OBJECT_METADATA_UPDATE", "google.cloud.storage.object.v1.metadataUpdated");

  private final String pubsubName;
  private final String cloudEventType;

  GcsEventType(String pubsubName, String cloudEventType) {
    this.pubsubName = pubsubName;
    this.cloudEventType = cloudEventType;
  }

  /** The value of the Pub/Sub attribute {@code eventType}. */
  public String pubsubName() {
    return pubsubName;
  }

  /** The type of the CloudEvent. */
  public String cloudEventType() {
    return cloudEventType;
  }
}
