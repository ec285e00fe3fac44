package dev.twinbucket.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads condition expressions: comparisons of an attribute with a value, {@code attribute_exists},
 * {@code attribute_not_exists}, AND, OR, NOT and brackets. A comparison with an attribute that is
 * not there is false, as in the service. What else the service knows is refused.
 */
final class Condition {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(<>|<=|>=|[=<>(),]|[#:]?[A-Za-z_][A-Za-z0-9_.]*)\\s*");

  private final Deque<String> tokens = new ArrayDeque<>();
  private final JsonNode names;
  private final JsonNode values;

  private Condition(String expression, JsonNode names, JsonNode values) {
    this.names = names;
    this.values = values;
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw DynamoFailure.invalid(
            "Invalid ConditionExpression near: " + expression.substring(end));
      }
      tokens.addLast(matcher.group(1));
      end = matcher.end();
    }
  }

  /**
   * Reads an expression.
   *
   * @param names what {@code #name} stands for
   * @param values what {@code :name} stands for
   * @return whether an item, which is an empty object if there is none, meets it
   */
  static Predicate<JsonNode> parse(String expression, JsonNode names, JsonNode values) {
    Condition reader = new Condition(expression, names, values);
    Predicate<JsonNode> condition = reader.either();
    if (!reader.tokens.isEmpty()) {
      throw DynamoFailure.invalid("Invalid ConditionExpression near: " + reader.tokens.peek());
    }
    return condition;
  }

  private Predicate<JsonNode> either() {
    Predicate<JsonNode> condition = both();
    while (takeWord("OR")) {
      condition = condition.or(both());
    }
    return condition;
  }

  private Predicate<JsonNode> both() {
    Predicate<JsonNode> condition = single();
    while (takeWord("AND")) {
      condition = condition.and(single());
    }
    return condition;
  }

  private Predicate<JsonNode> single() {
    if (takeWord("NOT")) {
      return single().negate();
    }
    if (takeWord("(")) {
      Predicate<JsonNode> inner = either();
      expect(")");
      return inner;
    }
    if (takeWord("attribute_exists")) {
      String name = bracketedName();
      return item -> item.has(name);
    }
    if (takeWord("attribute_not_exists")) {
      String name = bracketedName();
      return item -> !item.has(name);
    }
    return comparison();
  }

  private Predicate<JsonNode> comparison() {
    String name = name();
    String operator = next();
    JsonNode value = values.path(next());
    if (value.isMissingNode()) {
      throw DynamoFailure.invalid(
          "An expression attribute value used in expression is not defined");
    }
    return switch (operator) {
      case "=" -> item -> item.path(name).equals(value);
      case "<>" -> item -> !item.path(name).equals(value);
      case "<" -> ordered(name, value, order -> order < 0);
      case "<=" -> ordered(name, value, order -> order <= 0);
      case ">" -> ordered(name, value, order -> order > 0);
      case ">=" -> ordered(name, value, order -> order >= 0);
      default -> throw DynamoFailure.invalid("Invalid operator: " + operator);
    };
  }

  private static Predicate<JsonNode> ordered(
      String name, JsonNode value, Predicate<Integer> wanted) {
    return item -> {
      JsonNode attribute = item.path(name);
      if (attribute.has("N") && value.has("N")) {
        return wanted.test(number(attribute).compareTo(number(value)));
      }
      return attribute.has("S")
          && value.has("S")
          && wanted.test(attribute.get("S").asText().compareTo(value.get("S").asText()));
    };
  }

  private static BigDecimal number(JsonNode value) {
    return new BigDecimal(value.get("N").asText());
  }

  private String bracketedName() {
    expect("(");
    String name = name();
    expect(")");
    return name;
  }

  private String name() {
    String token = next();
    return token.startsWith("#") ? names.path(token).asText() : token;
  }

  private boolean takeWord(String word) {
    if (word.equalsIgnoreCase(tokens.peek())) {
      tokens.remove();
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!takeWord(token)) {
      throw DynamoFailure.invalid("Invalid ConditionExpression: " + token + " is missing");
    }
  }

  private String next() {
    if (tokens.isEmpty()) {
      throw DynamoFailure.invalid("Invalid ConditionExpression: it ends too early");
    }
    return tokens.remove();
  }
}
