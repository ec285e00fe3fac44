package dev.twinbucket.object;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The identity of one write of one object, the union of what the clouds offer:
 *
 * <table>
 * <caption>What each cloud fills in</caption>
 * <tr><th>cloud</th><th>writeId</th><th>etag</th><th>revision</th><th>modified</th></tr>
 * <tr><td>GCS</td><td>generation</td><td></td><td>metageneration</td><td></td></tr>
 * <tr><td>S3, versioned bucket</td><td>version id</td><td>ETag</td><td>digest of the attributes</td><td></td></tr>
 * <tr><td>S3, other bucket</td><td></td><td>ETag</td><td>digest of the attributes</td><td>Last-Modified</td></tr>
 * </table>
 *
 * <p>Where S3 gives no version id, two writes of equal bytes within a second differ in nothing but
 * their metadata, which is why the digest is part of the identity.
 *
 * @param writeId names the write of the bytes, empty where the store has no such name
 * @param etag the entity tag without quotes, empty where it plays no part
 * @param revision names the state of the metadata, empty where unknown
 * @param modified seconds since the epoch, or {@link #UNKNOWN} (the answer to an S3 PUT does not
 *     tell)
 */
public record ObjectVersion(String writeId, String etag, String revision, long modified) {
  /** The modification time is not known. */
  public static final long UNKNOWN = -1;

  /** A version that its store names outright, such as a generation and its metageneration. */
  public static ObjectVersion named(String writeId, String revision) {
    return new ObjectVersion(writeId, "", revision, UNKNOWN);
  }

  /**
   * Whether both name the same state of the same object. A modification time that one side does not
   * know is not compared: it is missing only in versions of our own writes, whose revision covers a
   * unique stamp.
   */
  public boolean sameAs(ObjectVersion other) {
    return sameWrite(other) && revision.equals(other.revision);
  }

  /** Whether both name the same write of the bytes, whatever became of the metadata since. */
  public boolean sameWrite(ObjectVersion other) {
    if (!writeId.isEmpty() || !other.writeId.isEmpty()) {
      return writeId.equals(other.writeId);
    }
    return etag.equals(other.etag)
        && (modified == other.modified || modified == UNKNOWN || other.modified == UNKNOWN);
  }

  /** A compact printable ASCII form, read back by {@link #parse}. */
  public String token() {
    return String.join(
        ",",
        encode(writeId),
        encode(etag),
        encode(revision),
        modified == UNKNOWN ? "" : Long.toString(modified));
  }

  /**
   * Reads {@link #token()} back.
   *
   * @throws IllegalArgumentException if it is no such token
   */
  public static ObjectVersion parse(String token) {
    String[] fields = token.split(",", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("not a version: " + Escaping.forLog(token));
    }
    long modified = fields[3].isEmpty() ? UNKNOWN : Long.parseLong(fields[3]);
    return new ObjectVersion(decode(fields[0]), decode(fields[1]), decode(fields[2]), modified);
  }

  @Override
  public String toString() {
    return token();
  }

  private static String encode(String field) {
    return URLEncoder.encode(field, StandardCharsets.UTF_8);
  }

  private static String decode(String field) {
    return URLDecoder.decode(field, StandardCharsets.UTF_8);
  }
}
