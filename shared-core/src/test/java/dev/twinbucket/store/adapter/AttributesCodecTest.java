package dev.twinbucket.store.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.Crc32c;
import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.StoreException.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AttributesCodecTest {
  private static final AttributesCodec S3 = new AttributesCodec(AttributeRules.S3);
  private static final AttributesCodec GCS = new AttributesCodec(AttributeRules.GCS);
  private static final Provenance STAMP =
      new Provenance("origin", ObjectVersion.named("1", "2"), new Crc32c(3), "digest", "write");

  /** Texts that headers, metadata and tags can hold, and many that they cannot. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          "-",
          "_",
          ".",
          " ",
          "\t",
          "\r\n",
          "\u0000",
          "\u007f",
          "\u00e9",
          "\u4f60",
          "\ud83d\ude00",
          "\ud800",
          "=?UTF-8?B?",
          "%20",
          "+",
          "&",
          "=",
          "/",
          ":",
          "\"",
          "\\",
          "aws:",
          "aws-chunked",
          ",",
          "gzip",
          "http://",
          "twinbucket",
          "long ".repeat(20));

  private static final List<String> TYPICAL =
      List.of(
          "text/plain",
          "application/octet-stream",
          "private, max-age=0",
          "gzip",
          "aws-chunked",
          "gzip, aws-chunked",
          "Wed, 21 Oct 2026 07:28:00 GMT",
          "2026-01-02T03:04:05Z",
          "2026-01-02T03:04:05.678Z",
          "2026-01-02T03:04:05.678901Z",
          "2026-01-02T03:04:05.100+01:00",
          "/redirect",
          "https://elsewhere/");

  /**
   * Five thousand random objects. Each piece above lands in each place some fifty times, so that a
   * text that one place cannot take is found with near certainty.
   */
  @Test
  void whateverIsAcceptedComesBackEqualFromEitherCloudAndOverBoth() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      ObjectAttributes attributes = any(random);
      try {
        ObjectAttributes onS3 = throughS3(attributes);
        ObjectAttributes onGcs = throughGcs(attributes);
        assertThat(onS3).as("S3, seed %d, object %d", seed, i).isEqualTo(attributes);
        assertThat(onGcs).as("GCS, seed %d, object %d", seed, i).isEqualTo(attributes);
        assertThat(throughS3(throughGcs(onS3))).isEqualTo(attributes);
        assertThat(throughGcs(throughS3(onGcs))).isEqualTo(attributes);
      } catch (InvalidRequest tooLarge) {
        assertThat(tooLarge.kind()).isEqualTo(InvalidRequest.Kind.ATTRIBUTES);
        refused++;
      }
    }
    assertThat(refused).as("refused, seed %d", seed).isLessThan(50);
  }

  private static ObjectAttributes throughS3(ObjectAttributes attributes) {
    NativeAttributes wire = S3.encode(attributes, Optional.of(STAMP));
    wire.metadata()
        .forEach(
            (name, value) -> {
              assertThat(name).matches("[a-z0-9!#$%&'*+.^_`|~-]+");
              assertThat(value).matches("([!-~]([ -~]*[!-~])?)?");
            });
    assertThat(size(wire)).isLessThanOrEqualTo(2048);
    return decoded(S3, wire);
  }

  private static ObjectAttributes throughGcs(ObjectAttributes attributes) {
    NativeAttributes wire = GCS.encode(attributes, Optional.of(STAMP));
    assertThat(wire.tags()).isEmpty();
    assertThat(size(wire)).isLessThanOrEqualTo(8192);
    return decoded(GCS, wire);
  }

  private static ObjectAttributes decoded(AttributesCodec codec, NativeAttributes wire) {
    DecodedAttributes decoded = codec.decode(wire);
    assertThat(decoded.stamp()).contains(STAMP);
    return decoded.attributes();
  }

  private static int size(NativeAttributes wire) {
    return wire.metadata().entrySet().stream()
        .mapToInt(
            entry -> (entry.getKey() + entry.getValue()).getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  private static ObjectAttributes any(Random random) {
    return new ObjectAttributes(
        new SystemHeaders(
            header(random),
            header(random),
            header(random),
            header(random),
            header(random),
            header(random),
            header(random),
            header(random)),
        map(random),
        map(random));
  }

  private static String header(Random random) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> "";
      case 2 -> TYPICAL.get(random.nextInt(TYPICAL.size()));
      default -> text(random);
    };
  }

  private static Map<String, String> map(Random random) {
    Map<String, String> map = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(text(random) + "x", text(random));
    }
    map.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("twinbucket-"));
    return map;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(5), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining());
  }

  @Test
  void onlyWhatACloudCannotHoldGoesIntoReservedEntries() {
    ObjectAttributes attributes =
        new ObjectAttributes(
            new SystemHeaders(
                "text/plain", "no-cache", "", "", "", "never", "/x", "2026-01-02T03:04:05Z"),
            Map.of("plain", "value", "Mixed", "\u00fc"),
            Map.of("tag", "a b"));
    NativeAttributes s3 = S3.encode(attributes, Optional.empty());
    assertThat(s3.metadata().keySet())
        .containsExactly("plain", "twinbucket-custom-time", "twinbucket-envelope");
    assertThat(s3.tags()).isEqualTo(Map.of("tag", "a b"));
    assertThat(s3.headers().expires()).isEqualTo("never");
    NativeAttributes gcs = GCS.encode(attributes, Optional.empty());
    assertThat(gcs.metadata())
        .isEqualTo(
            Map.of(
                "plain", "value",
                "Mixed", "\u00fc",
                "twinbucket-expires", "never",
                "twinbucket-website-redirect", "/x",
                "twinbucket-tags", "tag=a+b"));
    assertThat(gcs.headers().customTime()).isEqualTo("2026-01-02T03:04:05Z");
  }

  @Test
  void attributesThatExceedTheLimitEvenPackedAreRefused() {
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    ObjectAttributes heavy =
        new ObjectAttributes(
            SystemHeaders.NONE,
            Map.of("noise", new String(noise, StandardCharsets.ISO_8859_1)),
            Map.of());
    assertThatThrownBy(() -> S3.encode(heavy, Optional.empty()))
        .isInstanceOfSatisfying(
            InvalidRequest.class,
            e -> assertThat(e.kind()).isEqualTo(InvalidRequest.Kind.ATTRIBUTES));
    assertThat(throughGcs(heavy)).isEqualTo(heavy);
  }

  @Test
  void entriesThatOnlyLookReservedAreIgnored() {
    NativeAttributes forged =
        new NativeAttributes(
            SystemHeaders.NONE,
            Map.of(
                "twinbucket-envelope", "1.not base64",
                "twinbucket-stamp", "forged",
                "twinbucket-unknown", "x",
                "Twinbucket-Stamp", "y",
                "own", "z"),
            Map.of());
    DecodedAttributes decoded = GCS.decode(forged);
    assertThat(decoded.attributes().userMetadata()).isEqualTo(Map.of("own", "z"));
    assertThat(decoded.stamp()).isEmpty();
  }

  @Test
  void anEnvelopeCannotSmuggleAStampInOrInflateWithoutBound() {
    Envelope stamped =
        new Envelope(Map.of(), Map.of(Provenance.METADATA_KEY, STAMP.encoded()), Map.of());
    DecodedAttributes decoded =
        S3.decode(
            new NativeAttributes(
                SystemHeaders.NONE, Map.of("twinbucket-envelope", stamped.encode()), Map.of()));
    assertThat(decoded.stamp()).isEmpty();
    assertThat(decoded.attributes()).isEqualTo(ObjectAttributes.NONE);
    Envelope bomb = new Envelope(Map.of(), Map.of("a", "0".repeat(10_000_000)), Map.of());
    assertThat(Envelope.parse(bomb.encode())).isEmpty();
  }

  @Test
  void whatAUserSetNativelyGoesBeforeAnOldEnvelope() {
    NativeAttributes written =
        S3.encode(
            new ObjectAttributes(SystemHeaders.NONE, Map.of("Name", "packed"), Map.of()),
            Optional.empty());
    Map<String, String> metadata = new HashMap<>(written.metadata());
    metadata.put("other", "native");
    assertThat(
            S3.decode(new NativeAttributes(SystemHeaders.NONE, metadata, Map.of()))
                .attributes()
                .userMetadata())
        .isEqualTo(Map.of("Name", "packed", "other", "native"));
  }
}
