package dev.twinbucket.notification;

import java.util.Base64;

/** Bytes in a JSON string, as Pub/Sub and CloudEvents put them there. */
final class Base64Text {
  private Base64Text() {}

  static byte[] decode(String base64, String where) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException("base64 at " + where, UnreadableException.excerpt(base64));
    }
  }
}
