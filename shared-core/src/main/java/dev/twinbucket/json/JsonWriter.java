package dev.twinbucket.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a tree, compact. */
final class JsonWriter {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private JsonWriter() {}

  static String write(JsonValue value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return out.toString();
  }

  private static void write(JsonValue value, JsonGenerator out) throws IOException {
    switch (value) {
      case JsonObject(Map<String, JsonValue> members) -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
          out.writeFieldName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
      case JsonArray array -> {
        out.writeStartArray();
        for (JsonValue item : array) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case JsonString(String text) -> out.writeString(text);
      case JsonNumber(String text) -> out.writeNumber(text);
      case JsonBoolean(boolean truth) -> out.writeBoolean(truth);
      case JsonNull() -> out.writeNull();
    }
  }
}
