package dev.twinbucket.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is kept of a hint that can never work as it is. Sent back to where it came from, it is read
 * like the original.
 *
 * @param body the record that it came in, without its batch mates; the whole payload if it cannot
 *     be told from them
 * @param reason why, such as {@code key-not-possible}
 * @param detail why, in words, escaped
 * @param rule the rule's name, empty if no rule is concerned
 * @param source the place that the hint names, escaped
 */
public record DeadLetter(String body, String reason, String detail, String rule, String source) {
  /** The longest text of an attribute; Pub/Sub takes no more than 1,024 bytes. */
  private static final int LONGEST = 1024;

  /** What goes beside the body, under the names of this record, texts that are empty left out. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    put(attributes, "reason", reason);
    put(attributes, "detail", detail);
    put(attributes, "rule", rule);
    put(attributes, "source", source);
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, String text) {
    if (!text.isEmpty()) {
      attributes.put(name, fitting(text));
    }
  }

  /** As many whole characters as fit, counted in UTF-8. */
  private static String fitting(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > LONGEST) {
        return text.substring(0, i);
      }
    }
    return text;
  }
}
