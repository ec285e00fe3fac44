package dev.twinbucket.store.gcs;

import dev.twinbucket.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the answer to the beginning of a multipart upload. */
final class UploadXml {
  private UploadXml() {}

  /**
   * The new upload's id.
   *
   * @throws StoreException.Unavailable if there is none
   */
  static String uploadId(InputStream body) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(body);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("UploadId")) {
          String id = xml.getElementText();
          if (!id.isEmpty()) {
            return id;
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("an answer that is no XML", e);
    }
    throw new StoreException.Unavailable("an upload without an id");
  }
}
