package dev.twinbucket.local.s3;

/** The kinds of notifications, by their names without the {@code s3:} prefix. */
public enum EventType {
  /** A single PUT. */
  OBJECT_CREATED_PUT("ObjectCreated:Put", "2.1"),
  /** A copy. */
  OBJECT_CREATED_COPY("ObjectCreated:Copy", "2.1"),
  /** A completed multipart upload. */
  OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload", "2.1"),
  /** An object of an unversioned bucket, or one version, was removed. */
  OBJECT_REMOVED_DELETE("ObjectRemoved:Delete", "2.1"),
  /** A delete marker was put on a key. */
  OBJECT_REMOVED_DELETE_MARKER_CREATED("ObjectRemoved:DeleteMarkerCreated", "2.1"),
  /** Tags were set. */
  OBJECT_TAGGING_PUT("ObjectTagging:Put", "2.3"),
  /** Tags were removed. */
  OBJECT_TAGGING_DELETE("ObjectTagging:Delete", "2.3"),
  /** An ACL was set. */
  OBJECT_ACL_PUT("ObjectAcl:Put", "2.3"),
  /** A restore was asked for. */
  OBJECT_RESTORE_POST("ObjectRestore:Post", "2.1"),
  /** A restore is done. */
  OBJECT_RESTORE_COMPLETED("ObjectRestore:Completed", "2.1"),
  /** A lifecycle rule removed an object of an unversioned bucket, or one version. */
  LIFECYCLE_EXPIRATION_DELETE("LifecycleExpiration:Delete", "2.3"),
  /** A lifecycle rule put a delete marker on a key. */
  LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED("LifecycleExpiration:DeleteMarkerCreated", "2.3");

  private final String eventName;
  private final String eventVersion;

  EventType(String eventName, String eventVersion) {
    this.eventName = eventName;
    this.eventVersion = eventVersion;
  }

  /** The {@code eventName} in the JSON, which has no prefix. */
  public String eventName() {
    return eventName;
  }

  String eventVersion() {
    return eventVersion;
  }

  /** Whether a configured event such as {@code s3:ObjectCreated:*} means this one. */
  boolean isMeantBy(String configured) {
    String full = "s3:" + eventName;
    return configured.endsWith("*")
        ? full.startsWith(configured.substring(0, configured.length() - 1))
        : configured.equals(full);
  }
}
