package dev.twinbucket.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
  private static final long SEED = Long.getLong("twinbucket.seed", 20261121L);

  @ParameterizedTest
  @CsvSource({
    "*.txt,        a.txt,        true",
    "*.txt,        .txt,         true",
    "*.txt,        d/a.txt,      false",
    "**.txt,       d/e/a.txt,    true",
    "**/a.txt,     a.txt,        false",
    "d/*,          d/,           true",
    "d/*,          d/e/f,        false",
    "d/**,         d/e/f,        true",
    "d/?,          d/e,          true",
    "d?e,          d/e,          false",
    "?,            '',           false",
    "a.c,          abc,          false",
    "[ab],         a,            false",
    "[ab],         [ab],         true",
    "a\\*c,        a*c,          true",
    "a\\*c,        abc,          false",
    "\\\\,         \\,           true",
    "A,            a,            false",
    "**,           '',           true",
    "***,          a/b,          true",
  })
  void aGlobMatchesWholeNames(String glob, String name, boolean expected) {
    assertThat(KeyPattern.of(glob).matches(name)).isEqualTo(expected);
  }

  @Test
  void aCharacterIsACodePointAndNothingIsNormalised() {
    assertThat(KeyPattern.of("?").matches("\uD83E\uDD9D")).isTrue();
    assertThat(KeyPattern.of("??").matches("\uD83E\uDD9D")).isFalse();
    assertThat(KeyPattern.of("caf\u00E9").matches("cafe\u0301")).isFalse();
    assertThat(KeyPattern.of("a*b").matches("a\nb")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\", "a\\"})
  void aGlobThatMeansNothingIsRefused(String glob) {
    assertThatThrownBy(() -> KeyPattern.of(glob)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRandomGlobAgreesWithTheSameRegularExpression() {
    System.out.println("KeyPatternTest: -Dtwinbucket.seed=" + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      String glob = text(random, List.of("a", "b", "/", "*", "**", "?", "\\*", "."), 6);
      String name = text(random, List.of("a", "b", "/", "*", "."), 8);
      boolean expected = Pattern.compile(regex(glob), Pattern.DOTALL).matcher(name).matches();

      assertThat(KeyPattern.of(glob).matches(name)).as("%s on %s", glob, name).isEqualTo(expected);
      matches += expected ? 1 : 0;
    }
    assertThat(matches).isGreaterThan(1000);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void noNameKeepsAMatcherBusy() {
    KeyPattern stars = KeyPattern.of("**a*a**a*a**a*a**b");

    for (int i = 0; i < 20; i++) {
      assertThat(stars.matches("a".repeat(1024))).isFalse();
    }
    assertThat(stars.matches("a".repeat(1023) + "b")).isTrue();
  }

  @Test
  void anIncludeIsNeededAndAnExcludeWins() {
    KeyFilter filter =
        new KeyFilter(
            List.of(KeyPattern.of("docs/**"), KeyPattern.of("*.txt")),
            List.of(KeyPattern.of("**/secret*")));

    assertThat(filter.accepts("docs/a/b")).isTrue();
    assertThat(filter.accepts("a.txt")).isTrue();
    assertThat(filter.accepts("a.bin")).isFalse();
    assertThat(filter.accepts("docs/secret.txt")).isFalse();
    assertThat(KeyFilter.ALL.accepts("anything/at all")).isTrue();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      String rest = glob.substring(i);
      String token =
          rest.startsWith("**") || rest.startsWith("\\")
              ? rest.substring(0, 2)
              : rest.substring(0, 1);
      regex.append(
          switch (token) {
            case "**" -> ".*";
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            default -> Pattern.quote(token.substring(token.length() - 1));
          });
      i += token.length();
    }
    return regex.toString();
  }

  private static String text(SplittableRandom random, List<String> alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      text.append(alphabet.get(random.nextInt(alphabet.size())));
    }
    return text.toString();
  }
}
