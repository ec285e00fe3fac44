package dev.twinbucket.store.adapter;

import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What both clouds ask of a key: 1 to 1,024 bytes of well-formed UTF-8. */
public final class KeyLimits {
  private static final int LONGEST = 1024;

  private KeyLimits() {}

  /**
   * Refuses a key that no cloud can hold.
   *
   * @return the key's bytes
   * @throws StoreException.InvalidRequest of kind {@code KEY}
   */
  public static byte[] utf8(ObjectLocation location) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(location.key()));
    } catch (CharacterCodingException e) {
      throw new StoreException.InvalidRequest(
          StoreException.InvalidRequest.Kind.KEY, location + " has an unpaired surrogate", e);
    }
    if (bytes.remaining() > LONGEST) {
      throw refused(location, "is longer than 1,024 bytes");
    }
    byte[] utf8 = new byte[bytes.remaining()];
    bytes.get(utf8);
    return utf8;
  }

  /** The refusal of a key. */
  public static StoreException.InvalidRequest refused(ObjectLocation location, String because) {
    return new StoreException.InvalidRequest(
        StoreException.InvalidRequest.Kind.KEY, location + " " + because);
  }
}
