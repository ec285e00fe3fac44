package dev.twinbucket.object;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept beside an object's bytes and must come out equal on both sides. Every adapter
 * translates its cloud's own spelling to and from this one, reserved entries and envelopes
 * included, so that two objects are equal when their attributes are.
 *
 * @param system the system headers
 * @param userMetadata by name, case kept; names and values are any text
 * @param tags by name
 */
public record ObjectAttributes(
    SystemHeaders system, Map<String, String> userMetadata, Map<String, String> tags) {

  /** No attribute but the default content type. */
  public static final ObjectAttributes NONE =
      new ObjectAttributes(SystemHeaders.NONE, Map.of(), Map.of());

  public ObjectAttributes {
    userMetadata = Collections.unmodifiableMap(new TreeMap<>(userMetadata));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * A digest that differs whenever the attributes differ: the first 96 bits of a SHA-256 over all
   * of them in a fixed order, each preceded by its length; 16 characters of URL-safe base64.
   */
  public String digest() {
    Fingerprint digest = new Fingerprint();
    for (String header : system.inOrder()) {
      digest.add(header);
    }
    for (Map<String, String> map : List.of(userMetadata, tags)) {
      digest.add(Integer.toString(map.size()));
      map.forEach((name, value) -> digest.add(name).add(value));
    }
    return digest.toString();
  }
}
