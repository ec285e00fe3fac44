package dev.twinbucket.local.gcs;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Writes the documents of the XML API and reads the one that clients send.
 *
 * <p>Characters that XML 1.0 cannot hold are written as U+FFFD; a listing with {@code
 * encoding-type=url} shows them exactly.
 */
final class XmlText {

  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder text = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?>");
  private final Deque<String> open = new ArrayDeque<>();

  private XmlText() {}

  static XmlText document(String root) {
    XmlText document = new XmlText();
    document.text.append('<').append(root).append(" xmlns='").append(NAMESPACE).append("'>");
    document.open.push(root);
    return document;
  }

  static String error(GcsError error) {
    XmlText document = new XmlText();
    return document
        .begin("Error")
        .add("Code", error.xmlCode())
        .add("Message", error.getMessage())
        .finish();
  }

  XmlText begin(String element) {
    text.append('<').append(element).append('>');
    open.push(element);
    return this;
  }

  XmlText end() {
    text.append("</").append(open.pop()).append('>');
    return this;
  }

  XmlText add(String element, String value) {
    begin(element);
    value.codePoints().forEach(this::append);
    return end();
  }

  XmlText add(String element, long value) {
    return add(element, Long.toString(value));
  }

  String finish() {
    while (!open.isEmpty()) {
      end();
    }
    return text.toString();
  }

  private void append(int c) {
    switch (c) {
      case '<' -> text.append("&lt;");
      case '>' -> text.append("&gt;");
      case '&' -> text.append("&amp;");
      case '\t', '\n', '\r' -> text.append("&#").append(c).append(';');
      default -> {
        boolean allowed = (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c >= 0x10000;
        text.appendCodePoint(allowed ? c : 0xFFFD);
      }
    }
  }

  /** The texts of the children of every element of this name, by the children's names. */
  static List<Map<String, String>> children(byte[] document, String element) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Map<String, String>> found = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals(element)) {
          found.add(childrenOf(reader));
        }
      }
    } catch (XMLStreamException e) {
      throw malformed();
    }
    return found;
  }

  private static Map<String, String> childrenOf(XMLStreamReader reader) throws XMLStreamException {
    Map<String, String> children = new TreeMap<>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      children.put(reader.getLocalName(), reader.getElementText());
    }
    return children;
  }

  static GcsError malformed() {
    return new GcsError(
        400,
        "invalid",
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema.");
  }
}
