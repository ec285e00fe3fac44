package dev.twinbucket.store.adapter;

import dev.twinbucket.object.Fingerprint;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.Provenance;
import java.util.Optional;

/**
 * What a cloud's answer means.
 *
 * @param attributes the attributes, reserved entries unpacked and taken out
 * @param rawStamp the stamp's entry as it was, empty if there was none
 */
public record DecodedAttributes(ObjectAttributes attributes, String rawStamp) {
  /** The stamp, if there is one of a format that we know. */
  public Optional<Provenance> stamp() {
    return rawStamp.isEmpty() ? Optional.empty() : Provenance.parse(rawStamp);
  }

  /** Names this state of the metadata, on a cloud that has no name for it. */
  public String revision() {
    return revision(attributes, rawStamp);
  }

  /** The revision of an object that has these attributes and that stamp, or none. */
  public static String revision(ObjectAttributes attributes, Optional<Provenance> stamp) {
    return revision(attributes, stamp.map(Provenance::encoded).orElse(""));
  }

  /** The revision of an object that has these attributes and that stamp. */
  public static String revision(ObjectAttributes attributes, String rawStamp) {
    return new Fingerprint().add(attributes.digest()).add(rawStamp).toString();
  }
}
