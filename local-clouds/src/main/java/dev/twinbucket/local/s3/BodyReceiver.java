package dev.twinbucket.local.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads request bodies: takes the aws-chunked coding off, and verifies the length, Content-MD5,
 * x-amz-content-sha256 and the additional checksum in headers or trailers. A body that fails is
 * dropped.
 */
final class BodyReceiver {
  static final long LARGEST_PUT = 5L * 1024 * 1024 * 1024;

  private final ContentStore store;

  BodyReceiver(ContentStore store) {
    this.store = store;
  }

  /**
   * Receives a body.
   *
   * @param otherwise the algorithm to compute when the client sent no checksum of its own
   */
  ReceivedBody receive(S3Call call, Optional<ChecksumAlgorithm> otherwise) throws IOException {
    String signing = call.header("x-amz-content-sha256").orElse("UNSIGNED-PAYLOAD");
    boolean chunked =
        signing.startsWith("STREAMING-") || codings(call).stream().anyMatch("aws-chunked"::equals);
    long declared = declaredLength(call, chunked);
    Optional<ChecksumAlgorithm> sent = sentAlgorithm(call);
    ChecksumAlgorithm.Running running =
        sent.or(() -> otherwise).map(ChecksumAlgorithm::start).orElse(null);
    boolean verifySha = signing.length() == 64;
    AwsChunkedInputStream dechunked =
        chunked ? new AwsChunkedInputStream(call.http().body()) : null;
    Observed observed = new Observed(chunked ? dechunked : call.http().body(), running, verifySha);
    Content content = store.keep(observed);
    if (content.length() != declared) {
      throw ErrorCode.INCOMPLETE_BODY.failure();
    }
    byte[] md5 = observed.md5.digest();
    verifyMd5(call, md5);
    if (verifySha && !HexFormat.of().formatHex(observed.sha256.digest()).equals(signing)) {
      throw ErrorCode.CONTENT_SHA256_MISMATCH.failure();
    }
    Optional<StoredChecksum> checksum = Optional.empty();
    if (running != null) {
      String value = Base64.getEncoder().encodeToString(running.value());
      sent.ifPresent(a -> verify(a, value, call, chunked ? dechunked.trailers() : Map.of()));
      checksum =
          Optional.of(
              new StoredChecksum(
                  sent.or(() -> otherwise).get(), value, StoredChecksum.Type.FULL_OBJECT));
    }
    return new ReceivedBody(content, HexFormat.of().formatHex(md5), checksum);
  }

  /** Content-Encoding without aws-chunked, which is a coding of the transfer, not of the object. */
  static Optional<String> storedContentEncoding(S3Call call) {
    String stored =
        String.join(
            ",", codings(call).stream().filter(c -> !c.equalsIgnoreCase("aws-chunked")).toList());
    return stored.isEmpty() ? Optional.empty() : Optional.of(stored);
  }

  private static List<String> codings(S3Call call) {
    return call.header("Content-Encoding").stream()
        .flatMap(v -> Arrays.stream(v.split(",")))
        .map(String::strip)
        .filter(c -> !c.isEmpty())
        .toList();
  }

  private static long declaredLength(S3Call call, boolean chunked) {
    Optional<String> length =
        call.header(chunked ? "x-amz-decoded-content-length" : "Content-Length");
    // A PUT of nothing may come without a length.
    if (length.isEmpty() && !chunked && call.header("Transfer-Encoding").isEmpty()) {
      return 0;
    }
    try {
      long value = Long.parseLong(length.orElseThrow(ErrorCode.MISSING_CONTENT_LENGTH::failure));
      if (value > LARGEST_PUT) {
        throw ErrorCode.ENTITY_TOO_LARGE.failure();
      }
      return value;
    } catch (NumberFormatException e) {
      throw ErrorCode.INVALID_ARGUMENT.failure("The content length is not a number");
    }
  }

  private static Optional<ChecksumAlgorithm> sentAlgorithm(S3Call call) {
    List<ChecksumAlgorithm> inHeaders =
        Arrays.stream(ChecksumAlgorithm.values())
            .filter(a -> call.header(a.header()).isPresent())
            .toList();
    List<ChecksumAlgorithm> inTrailer =
        call.header("x-amz-trailer").stream()
            .flatMap(t -> Arrays.stream(t.split(",")))
            .map(
                t ->
                    ChecksumAlgorithm.byHeader(t.strip())
                        .orElseThrow(
                            () ->
                                ErrorCode.INVALID_REQUEST.failure(
                                    "The value specified in the x-amz-trailer header is not"
                                        + " supported")))
            .toList();
    if (inHeaders.size() + inTrailer.size() > 1) {
      throw ErrorCode.INVALID_REQUEST.failure(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    Optional<ChecksumAlgorithm> sent =
        inHeaders.stream().findFirst().or(() -> inTrailer.stream().findFirst());
    Optional<String> announced = call.header("x-amz-sdk-checksum-algorithm");
    if (announced.isPresent()) {
      ChecksumAlgorithm algorithm =
          ChecksumAlgorithm.byApiName(announced.get())
              .orElseThrow(
                  () ->
                      ErrorCode.INVALID_REQUEST.failure(
                          "Checksum algorithm provided is unsupported."));
      if (sent.isEmpty() || sent.get() != algorithm) {
        throw ErrorCode.INVALID_REQUEST.failure(
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
                + " x-amz-trailer headers were found.");
      }
    }
    return sent;
  }

  private static void verify(
      ChecksumAlgorithm algorithm, String computed, S3Call call, Map<String, String> trailers) {
    String sent =
        call.header(algorithm.header())
            .or(() -> Optional.ofNullable(trailers.get(algorithm.header())))
            .orElseThrow(ErrorCode.MALFORMED_TRAILER::failure);
    requireBase64(sent, algorithm);
    if (!sent.equals(computed)) {
      throw ErrorCode.BAD_DIGEST.failure(
          "The " + algorithm.apiName() + " you specified did not match the calculated checksum.");
    }
  }

  /** Refuses a value that cannot be a checksum of this algorithm. */
  static void requireBase64(String value, ChecksumAlgorithm algorithm) {
    try {
      int width = Base64.getDecoder().decode(value).length;
      if (width == algorithm.start().value().length) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like one of a wrong length.
    }
    throw ErrorCode.INVALID_REQUEST.failure(
        "Value for " + algorithm.header().toLowerCase(Locale.ROOT) + " header is invalid.");
  }

  private static void verifyMd5(S3Call call, byte[] computed) {
    Optional<String> sent = call.header("Content-MD5");
    if (sent.isPresent()) {
      byte[] expected;
      try {
        expected = Base64.getDecoder().decode(sent.get());
      } catch (IllegalArgumentException e) {
        throw ErrorCode.INVALID_DIGEST.failure();
      }
      if (expected.length != 16) {
        throw ErrorCode.INVALID_DIGEST.failure();
      }
      if (!Arrays.equals(expected, computed)) {
        throw ErrorCode.BAD_DIGEST.failure(
            "The Content-MD5 you specified did not match what we received.");
      }
    }
  }

  /** Feeds every byte that passes to the digests. */
  private static final class Observed extends FilterInputStream {
    private final MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
    private final MessageDigest sha256 = ChecksumAlgorithm.digest("SHA-256");
    private final ChecksumAlgorithm.Running running;
    private final boolean withSha;

    private Observed(InputStream in, ChecksumAlgorithm.Running running, boolean withSha) {
      super(in);
      this.running = running;
      this.withSha = withSha;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int n = in.read(b, off, len);
      if (n > 0) {
        md5.update(b, off, n);
        if (withSha) {
          sha256.update(b, off, n);
        }
        if (running != null) {
          running.update(b, off, n);
        }
      }
      return n;
    }
  }
}
