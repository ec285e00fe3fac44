package dev.twinbucket.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.twinbucket.object.Escaping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the tree from the parser's tokens. */
final class JsonReader {
  private static final int EXCERPT = 60;
  private static final int LONGEST_NUMBER = 400;

  /**
   * Names are neither pooled nor interned: a pool outlives the text, and one that a stranger fills
   * with colliding names gives up with an error of another kind.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final int depthAtMost;

  private JsonReader(JsonParser parser, int depthAtMost) {
    this.parser = parser;
    this.depthAtMost = depthAtMost;
  }

  static JsonValue read(char[] text, int start, int length, Limits limits) {
    try (JsonParser parser = FACTORY.createParser(text, start, length)) {
      return new JsonReader(parser, limits.depth()).document();
    } catch (JsonProcessingException e) {
      throw at(e.getLocation(), "JSON", excerpt(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("text in memory cannot fail to be read", e);
    }
  }

  private JsonValue document() throws IOException {
    if (parser.nextToken() == null) {
      throw here("a JSON value", "nothing");
    }
    JsonValue value = value(0);
    if (parser.nextToken() != null) {
      throw here("the end of the text", "more");
    }
    return value;
  }

  private JsonValue value(int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> new JsonString(wellFormed(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> new JsonNull();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw here("a JSON value", parser.currentToken().toString());
    };
  }

  private JsonObject object(int depth) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = wellFormed(parser.currentName());
      if (members.containsKey(name)) {
        throw here("each name once", "again " + excerpt(name));
      }
      parser.nextToken();
      members.put(name, value(depth));
    }
    return new JsonObject(members);
  }

  private JsonArray array(int depth) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(depth));
    }
    return new JsonArray(items);
  }

  private int deeper(int depth) {
    if (depth == depthAtMost) {
      throw here("at most " + depthAtMost + " levels", "more");
    }
    return depth + 1;
  }

  private String wellFormed(String text) {
    int at = 0;
    while (at < text.length()) {
      if (!Character.isSurrogate(text.charAt(at))) {
        at++;
      } else if (Character.isSupplementaryCodePoint(text.codePointAt(at))) {
        at += 2;
      } else {
        throw here("well-formed Unicode", "half of a surrogate pair");
      }
    }
    return text;
  }

  private JsonException here(String expected, String found) {
    return at(parser.currentTokenLocation(), expected, found);
  }

  private static JsonException at(JsonLocation location, String expected, String found) {
    return location == null
        ? new JsonException(0, 0, expected, found)
        : new JsonException(location.getLineNr(), location.getColumnNr(), expected, found);
  }

  private static String excerpt(String text) {
    String escaped = Escaping.forLog(text.substring(0, Math.min(text.length(), EXCERPT)));
    return escaped.length() < EXCERPT ? escaped : escaped.substring(0, EXCERPT) + "...";
  }
}
