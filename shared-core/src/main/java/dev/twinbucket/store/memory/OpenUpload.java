package dev.twinbucket.store.memory;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.Upload;
import dev.twinbucket.store.UploadRequest;
import dev.twinbucket.store.UploadedPart;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** An upload that is open, with the parts that it has. Not safe for threads. */
final class OpenUpload {
  private static final class Part {
    private final byte[] bytes;
    private final String etag;
    private final Crc32c crc;

    Part(byte[] bytes) {
      this.bytes = bytes;
      this.etag = MemoryBuckets.md5(bytes);
      this.crc = Crc32c.of(ByteBuffer.wrap(bytes));
    }
  }

  private final Upload upload;
  private final UploadRequest request;
  private final Instant begun;
  private final NavigableMap<Integer, Part> parts = new TreeMap<>();

  OpenUpload(Upload upload, UploadRequest request, Instant begun) {
    this.upload = upload;
    this.request = request;
    this.begun = begun;
  }

  Upload upload() {
    return upload;
  }

  Instant begun() {
    return begun;
  }

  UploadedPart put(int number, byte[] bytes) {
    Part part = new Part(bytes);
    parts.put(number, part);
    return listed(number, part, true);
  }

  /**
   * What has arrived.
   *
   * @param withCrc whether the listing tells checksums, which that of GCS does not
   */
  List<UploadedPart> list(boolean withCrc) {
    return parts.entrySet().stream()
        .map(part -> listed(part.getKey(), part.getValue(), withCrc))
        .toList();
  }

  private static UploadedPart listed(int number, Part part, boolean withCrc) {
    return new UploadedPart(
        number, part.bytes.length, part.etag, withCrc ? Optional.of(part.crc) : Optional.empty());
  }

  /** The whole of just these parts, as the upload was begun. */
  Written assemble(List<UploadedPart> named, long smallest) {
    if (named.isEmpty()) {
      throw invalid("a completion without parts");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    int last = named.getLast().number();
    int before = 0;
    for (UploadedPart name : named) {
      if (name.number() <= before) {
        throw invalid("the parts are not in the order of their numbers");
      }
      before = name.number();
      Part part = parts.get(name.number());
      if (part == null || !part.etag.equals(name.etag())) {
        throw new StoreException.Unavailable(
            upload.destination() + ": part " + name.number() + " is not the one that is named");
      }
      if (part.bytes.length < smallest && name.number() != last) {
        throw invalid("part " + name.number() + " is smaller than " + smallest + " bytes");
      }
      whole.writeBytes(part.bytes);
      digests.writeBytes(HexFormat.of().parseHex(part.etag));
    }
    return new Written(
        upload.staging(),
        whole.toByteArray(),
        MemoryBuckets.md5(digests.toByteArray()) + "-" + named.size(),
        Optional.empty(),
        request.attributes(),
        request.stamp(),
        request.placement());
  }

  private StoreException invalid(String why) {
    return new StoreException.InvalidRequest(
        StoreException.InvalidRequest.Kind.OTHER, upload.destination() + ": " + why);
  }
}
