package dev.twinbucket.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Named values in the order in which they were written. The accessors by name are empty both when
 * there is no such member and when it is of another kind; {@link #get} tells the two apart.
 *
 * @param members by name
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Collects members in order. */
  public static Builder builder() {
    return new Builder();
  }

  /** The member of that name, whatever it is, {@code null} included. */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Whether there is a member of that name, be it {@code null}. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The members' names in order. */
  public Set<String> names() {
    return members.keySet();
  }

  /** The member of that name, if it is an object. */
  public Optional<JsonObject> object(String name) {
    return get(name).flatMap(JsonValue::asObject);
  }

  /** The member of that name, if it is an array. */
  public Optional<JsonArray> array(String name) {
    return get(name).flatMap(JsonValue::asArray);
  }

  /** The text of the member of that name, if it is a string. */
  public Optional<String> string(String name) {
    return get(name).flatMap(JsonValue::asString);
  }

  /** The member of that name, if it is a number. */
  public Optional<JsonNumber> number(String name) {
    return get(name).flatMap(JsonValue::asNumber);
  }

  /** The member of that name, if it is a whole number that fits. */
  public Optional<Long> integer(String name) {
    return get(name).flatMap(JsonValue::asLong);
  }

  /** The member of that name, if it is a truth value. */
  public Optional<Boolean> bool(String name) {
    return get(name).flatMap(JsonValue::asBoolean);
  }

  @Override
  public String kind() {
    return "an object";
  }

  /** Collects the members of an object; every name once. */
  public static final class Builder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a member.
     *
     * @throws IllegalArgumentException if the name was added before
     */
    public Builder put(String name, JsonValue value) {
      if (members.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("added twice: " + name);
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    /** Adds a whole number. */
    public Builder put(String name, long value) {
      return put(name, JsonNumber.of(value));
    }

    /** Adds a truth value. */
    public Builder put(String name, boolean value) {
      return put(name, new JsonBoolean(value));
    }

    /** The object. The builder can go on. */
    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
