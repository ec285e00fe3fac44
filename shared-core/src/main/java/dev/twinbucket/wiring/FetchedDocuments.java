package dev.twinbucket.wiring;

import dev.twinbucket.settings.DocumentLocation;
import dev.twinbucket.settings.DocumentSource;

/** Remembers whether anything was fetched. For one thread. */
final class FetchedDocuments implements DocumentSource {
  private final DocumentSource source;
  private boolean any;

  FetchedDocuments(DocumentSource source) {
    this.source = source;
  }

  @Override
  public byte[] fetch(DocumentLocation location) {
    any = true;
    return source.fetch(location);
  }

  /** Whether anything was. */
  boolean any() {
    return any;
  }
}
