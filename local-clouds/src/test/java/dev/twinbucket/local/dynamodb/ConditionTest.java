package dev.twinbucket.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition expressions mean what the service's guide says. */
class ConditionTest {
  private static final JsonNode ITEM =
      json("{'pk': {'S': 'k'}, 'n': {'N': '10'}, 'text': {'S': 'b'}}");
  private static final JsonNode NAMES = json("{'#n': 'n'}");
  private static final JsonNode VALUES =
      json("{':nine': {'N': '9'}, ':ten': {'N': '10'}, ':a': {'S': 'a'}, ':b': {'S': 'b'}}");

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "attribute_exists(pk), true",
    "attribute_exists(none), false",
    "attribute_not_exists(none), true",
    "attribute_not_exists(pk), false",
    "text = :b, true",
    "text = :a, false",
    "text <> :a, true",
    "n > :nine, true",
    "#n >= :ten, true",
    "n < :ten, false",
    "n <= :nine, false",
    "none = :a, false",
    "none < :nine, false",
    "n < :b, false",
    "NOT text = :a, true",
    "text = :a OR n = :ten AND text = :b, true",
    "(text = :b OR n = :nine) AND text = :a, false",
    "text = :b and (attribute_not_exists(none) or n > :ten), true"
  })
  void anItemMeetsAConditionOrDoesNot(String expression, boolean met) {
    assertThat(Condition.parse(expression, NAMES, VALUES).test(ITEM)).isEqualTo(met);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text =",
        "text = :unknown",
        "text ~ :a",
        "text = :a AND",
        "(text = :a",
        "text = :a )",
        "begins_with(text, :a)",
        "size(text) > :nine"
      })
  void whatIsNotUnderstoodIsRefused(String expression) {
    assertThatExceptionOfType(DynamoFailure.class)
        .isThrownBy(() -> Condition.parse(expression, NAMES, VALUES));
  }
}
