package dev.twinbucket.store.gcs;

import com.google.cloud.storage.BlobInfo;
import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.adapter.AttributeRules;
import dev.twinbucket.store.adapter.AttributesCodec;
import dev.twinbucket.store.adapter.DecodedAttributes;
import dev.twinbucket.store.adapter.NativeAttributes;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what the two APIs of GCS answer about an object. */
final class GcsSnapshots {
  private final AttributesCodec codec = new AttributesCodec(AttributeRules.GCS);

  /** From the JSON API's resource. */
  ObjectSnapshot of(ObjectLocation location, BlobInfo blob) {
    if (blob.getGeneration() == null
        || blob.getMetageneration() == null
        || blob.getSize() == null) {
      throw new StoreException.Unavailable(location + ": an answer that is not GCS's");
    }
    Map<String, String> metadata = new TreeMap<>();
    if (blob.getMetadata() != null) {
      blob.getMetadata().forEach((name, value) -> metadata.put(name, text(value)));
    }
    DecodedAttributes decoded =
        codec.decode(
            new NativeAttributes(
                new SystemHeaders(
                    text(blob.getContentType()),
                    text(blob.getCacheControl()),
                    text(blob.getContentDisposition()),
                    text(blob.getContentEncoding()),
                    text(blob.getContentLanguage()),
                    "",
                    "",
                    blob.getCustomTimeOffsetDateTime() == null
                        ? ""
                        : AttributeRules.customTime(
                            blob.getCustomTimeOffsetDateTime().toInstant())),
                metadata,
                Map.of()));
    return new ObjectSnapshot(
        location,
        ObjectVersion.named(
            Long.toString(blob.getGeneration()), Long.toString(blob.getMetageneration())),
        blob.getSize(),
        crc(blob.getCrc32c()),
        blob.getMd5() == null ? Optional.empty() : Optional.of(hex(blob.getMd5())),
        decoded.attributes(),
        blob.getUpdateTimeOffsetDateTime().toInstant().truncatedTo(ChronoUnit.SECONDS),
        decoded.stamp(),
        blob.getStorageClass() == null ? "STANDARD" : blob.getStorageClass().name(),
        true);
  }

  /** From the XML API's headers. */
  ObjectSnapshot of(ObjectLocation location, XmlHeaders headers) {
    DecodedAttributes decoded =
        codec.decode(new NativeAttributes(headers.system(), headers.metadata(), Map.of()));
    return new ObjectSnapshot(
        location,
        ObjectVersion.named(headers.generation(), headers.metageneration()),
        headers.storedLength(),
        headers.hash("crc32c").flatMap(GcsSnapshots::crc),
        headers.hash("md5").map(GcsSnapshots::hex),
        decoded.attributes(),
        headers.modified(),
        decoded.stamp(),
        headers.storageClass(),
        true);
  }

  private static Optional<Crc32c> crc(String base64) {
    try {
      return base64 == null ? Optional.empty() : Optional.of(Crc32c.parse(base64));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
