package dev.twinbucket.settings;

/** Fetches documents that the environment only points at. */
@FunctionalInterface
public interface DocumentSource {
  /** A document may not be larger, in bytes. */
  int LARGEST = 1 << 20;

  /**
   * The whole document.
   *
   * @return its bytes; of a document that is larger, at least one byte more than {@value #LARGEST}
   * @throws DocumentException if it cannot be had
   */
  byte[] fetch(DocumentLocation location);
}
