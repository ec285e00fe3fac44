package dev.twinbucket.settings;

/** Fetches documents that the environment only points at. */
@FunctionalInterface
public interface DocumentSource {
  /** A document may not be larger, in bytes. */
  int LARGEST = 1 << 20;

  /**
   * The whole document.
   *
   * @return its bytes, at most {@value #LARGEST}
   * @throws DocumentException if it cannot be had
   */
  byte[] fetch(DocumentLocation location);
}
