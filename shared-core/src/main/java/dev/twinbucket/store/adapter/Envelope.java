package dev.twinbucket.store.adapter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The attributes that a cloud cannot hold as they are, packed into one metadata entry of printable
 * ASCII: {@code 1.} and the base64url (no padding) of the raw deflate (RFC 1951) of a JSON object
 * {@code {"h":{header: value}, "m":{name: value}, "t":{tag: value}}}, members that are empty left
 * out, names in order.
 */
record Envelope(
    Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags) {
  private static final String FORMAT = "1.";
  private static final int LARGEST_INFLATED = 256 * 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(2).build())
          .build();

  static final Envelope EMPTY = new Envelope(Map.of(), Map.of(), Map.of());

  boolean isEmpty() {
    return headers.isEmpty() && metadata.isEmpty() && tags.isEmpty();
  }

  String encode() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, "h", headers);
      write(json, "m", metadata);
      write(json, "t", tags);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    byte[] packed = deflate(text.toString().getBytes(StandardCharsets.US_ASCII));
    return FORMAT + Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
  }

  private static void write(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    if (!map.isEmpty()) {
      json.writeObjectFieldStart(name);
      for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    }
  }

  /** Reads an entry back; empty if it is no envelope of a format that we know. */
  static Optional<Envelope> parse(String entry) {
    if (!entry.startsWith(FORMAT)) {
      return Optional.empty();
    }
    try {
      byte[] packed = Base64.getUrlDecoder().decode(entry.substring(FORMAT.length()));
      // From characters: the parser of bytes mends or refuses names with surrogates.
      String text = new String(inflate(packed), StandardCharsets.US_ASCII);
      try (JsonParser json = JSON.createParser(text)) {
        return Optional.of(read(json));
      }
    } catch (IllegalArgumentException | DataFormatException | IOException notOurs) {
      return Optional.empty();
    }
  }

  private static Envelope read(JsonParser json) throws IOException {
    Envelope envelope = new Envelope(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    expect(json, JsonToken.START_OBJECT);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      Map<String, String> member =
          switch (json.currentName()) {
            case "h" -> envelope.headers;
            case "m" -> envelope.metadata;
            case "t" -> envelope.tags;
            default -> throw new IOException("an unknown member");
          };
      expect(json, JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        expect(json, JsonToken.VALUE_STRING);
        member.put(name, json.getText());
      }
    }
    return envelope;
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IOException("not an envelope");
    }
  }

  private static byte[] deflate(byte[] bytes) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1024];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static byte[] inflate(byte[] bytes) throws DataFormatException {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1024];
      while (!inflater.finished()) {
        int got = inflater.inflate(buffer);
        if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException("cut off");
        }
        out.write(buffer, 0, got);
        if (out.size() > LARGEST_INFLATED) {
          throw new DataFormatException("larger than any envelope of ours");
        }
      }
      return out.toByteArray();
    }
  }
}
