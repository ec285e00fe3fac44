package dev.twinbucket.local.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Writes answer documents. Control characters, which XML 1.0 cannot hold, become character
 * references all the same, as the real service does; clients ask for {@code encoding-type=url}.
 */
final class XmlWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  /** Begins a document of the S3 namespace. */
  static XmlWriter document(String root, Inside content) {
    XmlWriter writer = new XmlWriter();
    writer.out.append('<').append(root);
    writer.out.append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    content.write(writer);
    writer.out.append("</").append(root).append('>');
    return writer;
  }

  /** Begins a document without a namespace, as errors are. */
  static XmlWriter plainDocument(String root, Inside content) {
    return new XmlWriter().element(root, content);
  }

  /** Writes the inside of an element. */
  @FunctionalInterface
  interface Inside {
    void write(XmlWriter writer);
  }

  XmlWriter element(String name, Inside content) {
    out.append('<').append(name).append('>');
    content.write(this);
    out.append("</").append(name).append('>');
    return this;
  }

  XmlWriter text(String name, String value) {
    out.append('<').append(name).append('>');
    escape(value);
    out.append("</").append(name).append('>');
    return this;
  }

  XmlWriter text(String name, Optional<String> value) {
    value.ifPresent(v -> text(name, v));
    return this;
  }

  XmlWriter number(String name, long value) {
    return text(name, Long.toString(value));
  }

  XmlWriter flag(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  XmlWriter time(String name, Instant value) {
    return text(name, TIME.format(value));
  }

  /** Text inside the element that is open. */
  XmlWriter bare(String value) {
    escape(value);
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> {
          if (c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF) {
            out.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
