package dev.twinbucket.store.adapter;

import dev.twinbucket.object.SystemHeaders;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes over the wire to one cloud, or came from it: only what that cloud holds natively, with
 * reserved entries among the metadata.
 *
 * @param headers the headers that this cloud has; the others are empty
 * @param metadata every entry of user metadata, the stamp and reserved ones included
 * @param tags the tags, on a cloud that has them
 */
public record NativeAttributes(
    SystemHeaders headers, Map<String, String> metadata, Map<String, String> tags) {
  public NativeAttributes {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
