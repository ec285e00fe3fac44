package dev.twinbucket.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as text, into metadata or logs, is read back equal or cannot be mistaken. */
class TokensTest {
  private static final long SEED = Long.getLong("twinbucket.seed", 20261121L);

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void aVersionIsReadBackFromItsToken() {
    for (int i = 0; i < 2000; i++) {
      ObjectVersion version = version();

      assertThat(version.token()).isPrintable().isASCII().doesNotContain(";", " ");
      assertThat(ObjectVersion.parse(version.token())).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",", ",,", ",,,,", "a,b,c,d", "%zz,,,", "%,,,", ",,,99999999999999999999"})
  void whatIsNoTokenIsRefused(String token) {
    assertThatThrownBy(() -> ObjectVersion.parse(token))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVersionIsTheSameAsItselfAndAsItselfWithoutATime() {
    ObjectVersion seen = new ObjectVersion("", "etag", "revision", 1000);
    ObjectVersion written = new ObjectVersion("", "etag", "revision", ObjectVersion.UNKNOWN);

    assertThat(seen.sameAs(written)).isTrue();
    assertThat(written.sameAs(seen)).isTrue();
    assertThat(seen.sameAs(new ObjectVersion("", "etag", "revision", 1001))).isFalse();
    assertThat(seen.sameAs(new ObjectVersion("", "etag", "other", 1000))).isFalse();
    assertThat(seen.sameWrite(new ObjectVersion("", "etag", "other", 1000))).isTrue();
    assertThat(seen.sameWrite(new ObjectVersion("v", "etag", "revision", 1000))).isFalse();
  }

  @Test
  void aStampIsReadBackFromTheMetadataOfItsReplica() {
    ObjectLocation location = new BucketLocation("s3", "b").object("k;%\u00E9\uD83E\uDD9D");
    for (int i = 0; i < 1000; i++) {
      Provenance stamp =
          new Provenance(
              Provenance.originOf(location),
              version(),
              new Crc32c(random.nextInt()),
              ObjectAttributes.NONE.digest(),
              "write-" + random.nextInt());

      assertThat(stamp.encoded()).isPrintable().isASCII();
      assertThat(Provenance.parse(stamp.encoded())).contains(stamp);
      assertThat(stamp.names(location)).isTrue();
      assertThat(stamp.names(new BucketLocation("gs", "b").object(location.key()))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";;;;;",
        "1;o;,,,;AAAAAA==;a",
        "2;o;,,,;AAAAAA==;a;w",
        "1;o;,;AAAAAA==;a;w",
        "1;o;,,,;?;a;w"
      })
  void whatIsNoStampIsNone(String value) {
    assertThat(Provenance.parse(value)).isEmpty();
  }

  @Test
  void differentNamesLookDifferentInALogAndNoneForgesALine() {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String name = text(1 + random.nextInt(4));
      String shown = Escaping.forLog(name);

      assertThat(shown.codePoints())
          .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
      assertThat(seen.getOrDefault(shown, name)).as(shown).isEqualTo(name);
      seen.put(shown, name);
    }
  }

  @Test
  void plainNamesStayReadableAndLongOnesAreCut() {
    assertThat(Escaping.forLog("notes/größer \uD83E\uDD9D.txt"))
        .isEqualTo("notes/größer \uD83E\uDD9D.txt");
    assertThat(Escaping.forLog("a\nb\\\u202E\uD800")).isEqualTo("a\\u000ab\\u005c\\u202e\\ud800");
    assertThat(Escaping.forLog("x".repeat(5000)))
        .hasSizeLessThan(2100)
        .endsWith("...(5000 characters)");
  }

  @Test
  void fingerprintsTellSequencesApartThatRunTogether() {
    Set<String> seen = new HashSet<>();
    seen.add(new Fingerprint().add("ab").add("c").toString());
    seen.add(new Fingerprint().add("a").add("bc").toString());
    seen.add(new Fingerprint().add("abc").toString());
    seen.add(new Fingerprint().add("abc").add("").toString());
    seen.add(new Fingerprint().add("\uD800").toString());
    seen.add(new Fingerprint().add("?").toString());

    assertThat(seen).hasSize(6).allMatch(fingerprint -> fingerprint.length() == 16);
  }

  @Test
  void attributesOfEqualDigestAreEqual() {
    ObjectAttributes one =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("a", "b", "c", "d"), Map.of());
    ObjectAttributes tagged =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("a", "b"), Map.of("c", "d"));
    ObjectAttributes joined =
        new ObjectAttributes(SystemHeaders.NONE, Map.of("a", "bc", "", "d"), Map.of());

    assertThat(
            Set.of(one.digest(), tagged.digest(), joined.digest(), ObjectAttributes.NONE.digest()))
        .hasSize(4);
    assertThat(
            new ObjectAttributes(SystemHeaders.NONE, Map.of("c", "d", "a", "b"), Map.of()).digest())
        .isEqualTo(one.digest());
  }

  private ObjectVersion version() {
    return new ObjectVersion(
        text(random.nextInt(6)),
        text(random.nextInt(6)),
        text(random.nextInt(6)),
        random.nextBoolean() ? ObjectVersion.UNKNOWN : random.nextLong(1L << 40));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int c =
          switch (random.nextInt(3)) {
            case 0 -> ",;%+\\ u0\n".codePointAt(random.nextInt(9));
            case 1 -> random.nextInt(0x300);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          };
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }
}
