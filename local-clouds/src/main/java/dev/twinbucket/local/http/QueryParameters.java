package dev.twinbucket.local.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decoded parameters of a query, in the order in which they were sent. */
public final class QueryParameters {
  private final List<Parameter> parameters;

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * One parameter.
   *
   * @param name decoded
   * @param value decoded, empty for a parameter without an equals sign
   */
  public record Parameter(String name, String value) {}

  /**
   * Parses a raw query.
   *
   * @param rawQuery the text after the question mark, empty for none
   * @throws IllegalArgumentException if an escape is malformed or the bytes are not UTF-8
   */
  public static QueryParameters parse(String rawQuery) {
    List<Parameter> parsed = new ArrayList<>();
    int start = 0;
    while (start < rawQuery.length()) {
      int end = rawQuery.indexOf('&', start);
      end = end < 0 ? rawQuery.length() : end;
      if (end > start) {
        String pair = rawQuery.substring(start, end);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parsed.add(
            new Parameter(PercentCoding.decodeQuery(name), PercentCoding.decodeQuery(value)));
      }
      start = end + 1;
    }
    return new QueryParameters(List.copyOf(parsed));
  }

  /** Whether a parameter of this name was sent, with or without a value. */
  public boolean has(String name) {
    return parameters.stream().anyMatch(p -> p.name().equals(name));
  }

  /** The first value of this name. */
  public Optional<String> first(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  /** All values of this name, in order. */
  public List<String> all(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
  }

  /** All parameters, in order. */
  public List<Parameter> list() {
    return parameters;
  }
}
