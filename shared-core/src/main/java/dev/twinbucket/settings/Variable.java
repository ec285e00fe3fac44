package dev.twinbucket.settings;

import java.util.Arrays;
import java.util.List;

/** Every variable of Twinbucket's own. */
public enum Variable {
  /** One side of a single pair. */
  LEFT,
  /** The other side of a single pair. */
  RIGHT,
  /** Which way a single pair is copied. */
  DIRECTION,
  /** The document of all rules, or where it is. */
  CONFIG,
  /** Where state is kept. */
  STATE,
  /** URL of the SQS queue for what can never work. */
  DEAD_LETTER_QUEUE,
  /** Pub/Sub topic for what can never work. */
  DEAD_LETTER_TOPIC,
  /** URL of the SQS queue for work that goes on in another invocation. */
  WORK_QUEUE,
  /** Pub/Sub topic for work that goes on in another invocation. */
  WORK_TOPIC,
  /** Bucket in which objects for Google Cloud Storage are put together from parts. */
  GCS_STAGING_BUCKET,
  /** Up to which size an object is copied in one request each way. */
  SMALL_OBJECT_BYTES,
  /** The smallest part of a large object that is worth a request. */
  PART_BYTES,
  /** Parts of one object under way at once in one invocation. */
  PARTS_AT_ONCE,
  /** From this size on, other invocations are called to help with an object. */
  FAN_OUT_BYTES,
  /** Invocations that work on one object at once. */
  FAN_OUT_WORKERS,
  /** The least important log lines that are still written. */
  LOG_LEVEL,
  /** After how many seconds Google cuts an invocation off; nothing in the invocation tells. */
  FUNCTION_TIMEOUT_SECONDS,
  /** Up to which size a notification is read. */
  MAX_EVENT_BYTES,
  /** A credential configuration for Google Cloud, as JSON. */
  GOOGLE_CREDENTIALS,
  /** The audience of the identity token with which a role on AWS is taken on. */
  AWS_WEB_IDENTITY_AUDIENCE;

  /** What all of their names begin with. */
  static final String PREFIX = "TWINBUCKET_";

  /** The name in the environment. */
  public String variable() {
    return PREFIX + name();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Variable::variable).toList();
  }
}
