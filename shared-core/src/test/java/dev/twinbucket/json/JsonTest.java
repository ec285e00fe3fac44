package dev.twinbucket.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final Limits SMALL = new Limits(1000, 4);

  @Test
  void everyKindOfValueIsReadAsItIs() {
    JsonObject tree =
        Json.parse(
                """
                {"text":"caf\\u00e9 \\ud83e\\udd9d","n":-12,"x":1.50,"t":true,"none":null,"a":[1,[]],"o":{}}""",
                SMALL)
            .asObject()
            .orElseThrow();

    assertThat(tree.names()).containsExactly("text", "n", "x", "t", "none", "a", "o");
    assertThat(tree.string("text")).contains("café \uD83E\uDD9D");
    assertThat(tree.integer("n")).contains(-12L);
    assertThat(tree.number("x")).contains(new JsonNumber("1.50"));
    assertThat(tree.bool("t")).contains(true);
    assertThat(tree.get("none")).contains(new JsonNull());
    assertThat(tree.array("a")).contains(JsonArray.of(JsonNumber.of(1), JsonArray.EMPTY));
    assertThat(tree.object("o")).contains(JsonObject.EMPTY);
  }

  @Test
  void anAccessorOfAnotherKindIsEmptyAndNothingIsConverted() {
    JsonObject tree = Json.parse("{\"n\":1,\"s\":\"1\"}", SMALL).asObject().orElseThrow();

    assertThat(tree.string("n")).isEmpty();
    assertThat(tree.integer("s")).isEmpty();
    assertThat(tree.object("s")).isEmpty();
    assertThat(tree.get("absent")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"tab\there\"",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "nul",
        "true false",
        "{} {}",
        "// comment\n1",
        "]",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[[[[[]]]]]",
      })
  void whatIsNotStrictJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text, SMALL)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8), SMALL))
        .isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22ff22", "22c08022", "22eda08022", "22f490808022", "22c3", "fffe2200"})
  void bytesThatAreNotUtf8AreRefused(String hex) {
    assertThatThrownBy(() -> Json.parse(HexFormat.of().parseHex(hex), SMALL))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void theLimitsAreExact() {
    String text = "\"" + "é".repeat(499) + "\"";

    assertThat(Json.parse(text, SMALL).asString()).contains("é".repeat(499));
    assertThat(Json.parse("[[[[]]]]", SMALL)).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> Json.parse(text + " ", SMALL))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 1000 bytes");
    assertThatThrownBy(() -> Json.parse((text + " ").getBytes(StandardCharsets.UTF_8), SMALL))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("at most 1000 bytes");
  }

  @Test
  void deepNestingCostsAnErrorAndNoStack() {
    String deep = "[".repeat(500_000) + "]".repeat(500_000);

    assertThatThrownBy(() -> Json.parse(deep, Limits.EVENT)).isInstanceOf(JsonException.class);
    assertThat(
            Json.parse(
                "[".repeat(Limits.DEEPEST) + "]".repeat(Limits.DEEPEST),
                new Limits(1000, Limits.DEEPEST)))
        .isInstanceOf(JsonArray.class);
  }

  @Test
  void anErrorTellsWhereAndNeverQuotesMuch() {
    String secret = "s".repeat(300);
    JsonException error =
        catchThrowableOfType(
            JsonException.class, () -> Json.parse("{\n  \"a\": " + secret + "}", SMALL));

    assertThat(error.line()).isEqualTo(2);
    assertThat(error.column()).isPositive();
    assertThat(error.getMessage()).hasSizeLessThan(200).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1e3, 1000",
    "-0, 0",
    "10.0, 10",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808,",
    "1.5,",
    "1e999999999,",
    "1e-999999999,",
    "1e99999999999,",
    "-1e-99999999999,",
  })
  void aNumberIsALongOnlyIfItIsExactlyOne(String text, Long expected) {
    assertThat(Optional.ofNullable(expected))
        .isEqualTo(Json.parse(text, SMALL).asNumber().orElseThrow().toLong());
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(Json.parse("\uFEFF1".getBytes(StandardCharsets.UTF_8), SMALL).asLong()).contains(1L);
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    JsonObject tree =
        JsonObject.builder()
            .put("key", "a+b \"\\\u0007\u202F\uD83E\uDD9D</script>")
            .put("n", Long.MIN_VALUE)
            .put("x", JsonNumber.of(0.1))
            .put("yes", true)
            .put("none", new JsonNull())
            .put("items", JsonArray.ofStrings(List.of("", "z")))
            .build();

    String text = Json.write(tree);

    assertThat(Json.parse(text, SMALL)).isEqualTo(tree);
    assertThat(text).startsWith("{\"key\":\"").doesNotContain("\n").isASCII();
  }

  @Test
  void aLoneSurrogateIsWrittenAsItself() {
    assertThat(Json.write(new JsonString("\uD800x"))).isEqualToIgnoringCase("\"\\ud800x\"");
  }

  @Test
  void aBuilderRefusesANameTwice() {
    assertThatThrownBy(() -> JsonObject.builder().put("a", 1).put("a", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
