package dev.twinbucket.store.adapter;

import dev.twinbucket.object.ObjectAttributes;
import dev.twinbucket.object.Provenance;
import dev.twinbucket.object.SystemHeaders;
import dev.twinbucket.store.StoreException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Translates attributes into what one cloud holds, and back: whatever {@link #encode} accepts,
 * {@link #decode} gives back equal. The table is in {@code docs/metadata.md}.
 */
public final class AttributesCodec {
  private static final String ENVELOPE = Provenance.RESERVED_PREFIX + "envelope";
  private static final String TAGS = Provenance.RESERVED_PREFIX + "tags";

  private final AttributeRules rules;

  /** A codec for that cloud. */
  public AttributesCodec(AttributeRules rules) {
    this.rules = rules;
  }

  /**
   * Packs attributes and a stamp. What the cloud holds natively stays readable there; only the rest
   * goes into reserved entries.
   *
   * @throws StoreException.InvalidRequest of kind {@code ATTRIBUTES} if even packed they exceed the
   *     cloud's limit
   */
  public NativeAttributes encode(ObjectAttributes attributes, Optional<Provenance> stamp) {
    NativeAttributes readable = encode(attributes, stamp, false);
    if (size(readable) <= rules.metadataLimit()) {
      return readable;
    }
    NativeAttributes packed = encode(attributes, stamp, true);
    if (size(packed) > rules.metadataLimit()) {
      throw new StoreException.InvalidRequest(
          StoreException.InvalidRequest.Kind.ATTRIBUTES,
          "user metadata of "
              + size(packed)
              + " bytes, packed, exceeds the limit of "
              + rules.metadataLimit());
    }
    return packed;
  }

  private NativeAttributes encode(
      ObjectAttributes attributes, Optional<Provenance> stamp, boolean pack) {
    Map<HeaderField, String> headers = new EnumMap<>(HeaderField.class);
    Map<String, String> entries = new TreeMap<>();
    Envelope envelope = new Envelope(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (HeaderField field : HeaderField.values()) {
      String value = field.of(attributes.system());
      if (value.isEmpty()) {
        continue;
      }
      if (rules.has(field) && rules.holdsHeader(field, value)) {
        headers.put(field, value);
      } else if (!rules.has(field) && !pack && rules.holdsEntry(field.reservedEntry(), value)) {
        entries.put(field.reservedEntry(), value);
      } else {
        envelope.headers().put(field.wireName(), value);
      }
    }
    Map<String, String> tags = Map.of();
    if (rules.holdsTags(attributes.tags())) {
      tags = attributes.tags();
    } else {
      String form = toForm(attributes.tags());
      if (rules == AttributeRules.GCS && !pack && fromForm(form).equals(attributes.tags())) {
        entries.put(TAGS, form);
      } else {
        envelope.tags().putAll(attributes.tags());
      }
    }
    attributes
        .userMetadata()
        .forEach(
            (name, value) -> {
              if (isReserved(name)) {
                return;
              }
              if (!pack && rules.holdsEntry(name, value)) {
                entries.put(name, value);
              } else {
                envelope.metadata().put(name, value);
              }
            });
    if (!envelope.isEmpty()) {
      entries.put(ENVELOPE, envelope.encode());
    }
    stamp.ifPresent(given -> entries.put(Provenance.METADATA_KEY, given.encoded()));
    return new NativeAttributes(HeaderField.assemble(headers), entries, tags);
  }

  /**
   * Unpacks what a cloud answered. Reserved entries that we do not know, or that do not read as
   * what they should be, are ignored; a native value goes before a packed one, since a user may
   * have set it later.
   */
  public DecodedAttributes decode(NativeAttributes answer) {
    Map<String, String> entries = answer.metadata();
    Envelope envelope =
        Optional.ofNullable(entries.get(ENVELOPE)).flatMap(Envelope::parse).orElse(Envelope.EMPTY);
    Map<HeaderField, String> headers = new EnumMap<>(HeaderField.class);
    for (HeaderField field : HeaderField.values()) {
      String held =
          rules.has(field)
              ? field.of(answer.headers())
              : entries.getOrDefault(field.reservedEntry(), "");
      boolean none =
          held.isEmpty()
              || (field == HeaderField.CONTENT_TYPE
                  && held.equals(SystemHeaders.DEFAULT_CONTENT_TYPE));
      headers.put(field, none ? envelope.headers().getOrDefault(field.wireName(), held) : held);
    }
    Map<String, String> tags = new TreeMap<>(envelope.tags());
    if (rules == AttributeRules.GCS) {
      tags.putAll(fromForm(entries.getOrDefault(TAGS, "")));
    }
    tags.putAll(answer.tags());
    Map<String, String> metadata = new TreeMap<>(envelope.metadata());
    metadata.putAll(entries);
    metadata.keySet().removeIf(AttributesCodec::isReserved);
    return new DecodedAttributes(
        new ObjectAttributes(HeaderField.assemble(headers), metadata, tags),
        entries.getOrDefault(Provenance.METADATA_KEY, ""));
  }

  /** The names of all reserved entries that an object may carry. */
  public static Set<String> reservedEntries() {
    Set<String> names = new TreeSet<>(Set.of(ENVELOPE, TAGS, Provenance.METADATA_KEY));
    for (HeaderField field : HeaderField.values()) {
      names.add(field.reservedEntry());
    }
    return names;
  }

  private static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(Provenance.RESERVED_PREFIX);
  }

  private static int size(NativeAttributes attributes) {
    return attributes.metadata().entrySet().stream()
        .mapToInt(entry -> utf8(entry.getKey()) + utf8(entry.getValue()))
        .sum();
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Tags as a query string, which is also how S3's own header spells them. */
  public static String toForm(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(
            tag ->
                URLEncoder.encode(tag.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(tag.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> fromForm(String form) {
    Map<String, String> tags = new TreeMap<>();
    if (form.isEmpty()) {
      return tags;
    }
    try {
      for (String tag : form.split("&", -1)) {
        int equals = tag.indexOf('=');
        if (equals < 0) {
          return Map.of();
        }
        tags.put(
            URLDecoder.decode(tag.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(tag.substring(equals + 1), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException notAForm) {
      return Map.of();
    }
    return tags;
  }
}
