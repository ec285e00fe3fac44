package dev.twinbucket.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reading of request documents. */
final class Xml {
  private final Element element;

  private Xml(Element element) {
    this.element = element;
  }

  /** Reads a document whose root has this name; anything else is MalformedXML. */
  static Xml read(InputStream in, String root) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The default handler prints to the standard error stream.
      builder.setErrorHandler(
          new DefaultHandler() {
            @Override
            public void fatalError(SAXParseException e) throws SAXException {
              throw e;
            }
          });
      Element found = builder.parse(in).getDocumentElement();
      if (!found.getLocalName().equals(root)) {
        throw ErrorCode.MALFORMED_XML.failure();
      }
      return new Xml(found);
    } catch (SAXException e) {
      throw ErrorCode.MALFORMED_XML.failure();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's parser has these features", e);
    }
  }

  /** The child elements of this name, in order. */
  List<Xml> children(String name) {
    List<Xml> found = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child && child.getLocalName().equals(name)) {
        found.add(new Xml(child));
      }
    }
    return found;
  }

  /** The first child element of this name. */
  Optional<Xml> child(String name) {
    return children(name).stream().findFirst();
  }

  /** The text of the first child element of this name, untrimmed. */
  Optional<String> text(String name) {
    return child(name).map(Xml::text);
  }

  /** The text of a child element that must be there. */
  String requiredText(String name) {
    return text(name).orElseThrow(ErrorCode.MALFORMED_XML::failure);
  }

  String text() {
    return element.getTextContent();
  }
}
