package dev.twinbucket.store;

/**
 * A store did not do what was asked. The subclass says what its caller must do; the vendor's own
 * words are in the message and in the cause. Messages carry no object content and no credentials.
 */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private StoreException(String message) {
    super(message);
  }

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** There is no such object or version. Look again. */
  public static final class ObjectNotFound extends StoreException {
    private static final long serialVersionUID = 1;

    public ObjectNotFound(String message) {
      super(message);
    }

    public ObjectNotFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * There is no such multipart upload: it was completed or aborted. Look again, then begin anew.
   */
  public static final class UploadNotFound extends StoreException {
    private static final long serialVersionUID = 1;

    public UploadNotFound(String message) {
      super(message);
    }

    public UploadNotFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The object is not what the condition or the pin named. Look again. */
  public static final class ConditionFailed extends StoreException {
    private static final long serialVersionUID = 1;

    public ConditionFailed(String message) {
      super(message);
    }

    public ConditionFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The bytes are archived. Wait until they are restored. */
  public static final class Archived extends StoreException {
    private static final long serialVersionUID = 1;

    public Archived(String message) {
      super(message);
    }

    public Archived(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Credentials are missing, expired or insufficient. Retry, since they may be rotated; tell an
   * operator.
   */
  public static final class AccessDenied extends StoreException {
    private static final long serialVersionUID = 1;

    public AccessDenied(String message) {
      super(message);
    }

    public AccessDenied(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * There is no such bucket, or it is elsewhere. Retry, since nothing is lost; fix the
   * configuration.
   */
  public static final class BucketNotFound extends StoreException {
    private static final long serialVersionUID = 1;

    public BucketNotFound(String message) {
      super(message);
    }

    public BucketNotFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Too many requests. Back off, then retry. */
  public static final class Throttled extends StoreException {
    private static final long serialVersionUID = 1;

    public Throttled(String message) {
      super(message);
    }

    public Throttled(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * No answer, a broken one, or a server's fault; a write may have happened or not. Look again,
   * then retry.
   */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Bytes arrived that do not have the CRC32C they should have. Nothing became visible. Retry. */
  public static final class IntegrityMismatch extends StoreException {
    private static final long serialVersionUID = 1;

    public IntegrityMismatch(String message) {
      super(message);
    }

    public IntegrityMismatch(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The store will never accept this request: a key, attributes or a size that it cannot hold.
   * Quarantine.
   */
  public static final class InvalidRequest extends StoreException {
    private static final long serialVersionUID = 1;

    /** What about the request the store cannot hold. */
    public enum Kind {
      KEY,
      ATTRIBUTES,
      SIZE,
      OTHER
    }

    private final Kind kind;

    public InvalidRequest(Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    public InvalidRequest(Kind kind, String message, Throwable cause) {
      super(message, cause);
      this.kind = kind;
    }

    /** What about the request the store cannot hold. */
    public Kind kind() {
      return kind;
    }
  }

  /** This store has no such operation. Take the other way. */
  public static final class Unsupported extends StoreException {
    private static final long serialVersionUID = 1;

    public Unsupported(String message) {
      super(message);
    }

    public Unsupported(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
