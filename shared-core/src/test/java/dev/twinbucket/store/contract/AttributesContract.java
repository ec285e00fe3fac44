package dev.twinbucket.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.ObjectLocation;
import dev.twinbucket.object.ObjectSnapshot;
import dev.twinbucket.object.ObjectVersion;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.AttributesUpdate;
import dev.twinbucket.store.ObjectContent;
import dev.twinbucket.store.Placement;
import dev.twinbucket.store.ReadRequest;
import dev.twinbucket.store.StoreException;
import dev.twinbucket.store.StoreException.InvalidRequest;
import dev.twinbucket.store.WriteCondition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept beside the bytes. */
abstract class AttributesContract extends KeysContract {
  @Test
  void allSystemHeadersAndMetadataComeBackWithALookAndWithARead() {
    unless(Deviation.LOSES_HEADERS, () -> assertThatAttributesSurvive(RICH));
  }

  @Test
  void metadataThatHeadersCannotCarryComesBackToo() {
    unless(
        Deviation.LOSES_METADATA,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    new SystemHeaders(
                        "text/plain",
                        "",
                        "attachment; filename=\"caf\u00e9.txt\"",
                        "",
                        "",
                        "",
                        "not/a/redirect",
                        "whenever"),
                    Map.of(
                        "name",
                        "Gr\u00fc\u00dfe \u4f60\u597d \ud83d\ude00",
                        "Mixed-Case",
                        "kept",
                        "not a token",
                        "kept",
                        "\u00fcml\u00e4ut",
                        "kept",
                        "blanks",
                        "  around  ",
                        "lines",
                        "a\r\nb\u0000c",
                        "encoded",
                        "=?UTF-8?Q?caf=C3=A9?=",
                        "empty",
                        ""),
                    Map.of())));
  }

  @Test
  void metadataOfTwoKilobytesFitsBesideAStamp() {
    unless(
        Deviation.LOSES_METADATA,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    SystemHeaders.NONE,
                    Map.of("a", "x".repeat(1000), "b", "some words ".repeat(90).strip()),
                    Map.of())));
  }

  @Test
  void metadataThatExceedsTheLimitEvenPackedIsRefusedBeforeAnyRequest() {
    byte[] noise = new byte[12_000];
    new Random(3).nextBytes(noise);
    ObjectAttributes tooLarge =
        new ObjectAttributes(
            SystemHeaders.NONE,
            Map.of("noise", new String(noise, StandardCharsets.ISO_8859_1)),
            Map.of());
    long before = backend.requests().orElse(0);
    assertThatThrownBy(() -> put(bucket.object("heavy"), V1, tooLarge, WriteCondition.ifAbsent()))
        .isInstanceOfSatisfying(
            InvalidRequest.class,
            e -> assertThat(e.kind()).isEqualTo(InvalidRequest.Kind.ATTRIBUTES));
    assertThat(backend.requests().orElse(0)).isEqualTo(before);
  }

  @Test
  void tagsComeBack() {
    unless(
        Deviation.LOSES_TAGS,
        () ->
            assertThatAttributesSurvive(
                new ObjectAttributes(
                    SystemHeaders.NONE,
                    Map.of(),
                    Map.of("team", "blue", "a b+c", "d/e=f:g@h", "none", "", "\u00fc", "\u4f60"))));
  }

  private void assertThatAttributesSurvive(ObjectAttributes attributes) {
    ObjectLocation at = bucket.object("attributes");
    Provenance stamp = stamp(at, attributes, V1);
    ObjectVersion written = put(at, V1, attributes, WriteCondition.ifAbsent(), stamp);
    // A read without a look before it has only its own answer to go by.
    try (ObjectContent content = store.read(ReadRequest.current(at))) {
      assertThat(content.snapshot().attributes()).isEqualTo(attributes);
      assertThat(content.snapshot().provenance()).contains(stamp);
      assertThat(content.snapshot().version().sameAs(written)).isTrue();
    }
    ObjectSnapshot seen = look(at);
    assertThat(seen.attributes()).isEqualTo(attributes);
    assertThat(seen.provenance()).contains(stamp);
    assertThat(seen.version().sameAs(written)).isTrue();
  }

  @Test
  void reservedEntriesOfUsersAreNoAttributes() {
    ObjectLocation at = bucket.object("forged");
    put(
        at,
        V1,
        new ObjectAttributes(
            SystemHeaders.NONE,
            Map.of("twinbucket-stamp", "1;2;3", "twinbucket-more", "x", "own", "y"),
            Map.of()),
        WriteCondition.ifAbsent());
    assertThat(look(at).attributes().userMetadata()).isEqualTo(Map.of("own", "y"));
    assertThat(look(at).provenance()).isEmpty();
  }

  @Test
  void gzippedObjectsAreMovedAsStored() {
    unless(
        Deviation.UNPACKS_GZIP,
        () -> {
          byte[] packed = gzip(bytes("to be packed ".repeat(1000)));
          ObjectAttributes attributes =
              new ObjectAttributes(
                  new SystemHeaders("text/plain", "", "", "gzip", "", "", "", ""),
                  Map.of(),
                  Map.of());
          ObjectLocation at = bucket.object("packed.txt");
          put(at, packed, attributes, WriteCondition.ifAbsent());
          ObjectSnapshot seen = look(at);
          assertThat(seen.size()).isEqualTo(packed.length);
          assertThat(seen.attributes()).isEqualTo(attributes);
          assertThat(read(ReadRequest.current(at))).isEqualTo(packed);
          assertThat(read(ReadRequest.range(at, seen.version(), 5, 20)))
              .isEqualTo(Arrays.copyOfRange(packed, 5, 25));
        });
  }

  @Test
  void attributesAreReplacedWithoutTheBytes() {
    unless(
        Deviation.NO_ATTRIBUTES_IN_PLACE,
        () -> {
          ObjectLocation at = bucket.object("described");
          put(at, V1, RICH, WriteCondition.ifAbsent());
          ObjectSnapshot before = look(at);
          ObjectAttributes next =
              new ObjectAttributes(
                  new SystemHeaders(
                      "text/html", "no-cache", "", "", "", "", "", "2026-01-02T03:04:05Z"),
                  Map.of("colour", "r\u00f6t", "shape", "round"),
                  Map.of());
          Provenance stamp = stamp(at, next, V1);
          ObjectVersion updated =
              store.updateAttributes(new AttributesUpdate(before, next, stamp, Placement.DEFAULT));
          ObjectSnapshot after = look(at);
          assertThat(after.attributes()).isEqualTo(next);
          assertThat(after.provenance()).contains(stamp);
          assertThat(after.version().sameAs(updated)).isTrue();
          assertThat(after.version().sameAs(before.version())).isFalse();
          assertThat(read(ReadRequest.current(at))).isEqualTo(V1);
          ObjectVersion bare =
              store.updateAttributes(
                  new AttributesUpdate(
                      after,
                      new ObjectAttributes(
                          new SystemHeaders("", "", "", "", "", "", "", "2026-01-02T03:04:05Z"),
                          Map.of(),
                          Map.of()),
                      stamp,
                      Placement.DEFAULT));
          ObjectSnapshot atLast = look(at);
          assertThat(atLast.version().sameAs(bare)).isTrue();
          assertThat(atLast.attributes().userMetadata()).isEmpty();
          assertThat(atLast.attributes().system().cacheControl()).isEmpty();
        });
  }

  @Test
  void attributesOfAnotherVersionStayAsTheyAre() {
    unless(
        Deviation.NO_CONDITION_ON_ATTRIBUTES,
        () -> {
          ObjectLocation at = create("moved-on", V1);
          ObjectSnapshot first = look(at);
          put(at, V2, ObjectAttributes.NONE, WriteCondition.ifUnchanged(first.version()));
          ObjectVersion second = look(at).version();
          assertThatThrownBy(() -> update(first, RICH))
              .isInstanceOf(StoreException.ConditionFailed.class);
          assertThat(look(at).version()).isEqualTo(second);
          store.delete(at, WriteCondition.ifUnchanged(second));
          assertThatThrownBy(() -> update(first, RICH))
              .isInstanceOf(StoreException.ConditionFailed.class);
        });
  }
}
