package dev.twinbucket.settings;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Documents by the text of their location; all others cannot be had. */
final class TestingDocuments implements DocumentSource {
  private final Map<String, String> documents = new HashMap<>();

  TestingDocuments with(String location, String document) {
    documents.put(location, document);
    return this;
  }

  @Override
  public byte[] fetch(DocumentLocation location) {
    String document = documents.get(location.toString());
    if (document == null) {
      throw new DocumentException("there is none", null);
    }
    return document.getBytes(StandardCharsets.UTF_8);
  }
}
