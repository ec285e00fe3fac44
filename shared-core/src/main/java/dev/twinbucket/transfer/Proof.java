package dev.twinbucket.transfer;

/** How it is known that a copy that went in parts has the source's bytes. */
public enum Proof {
  /**
   * The source's store keeps a CRC32C of the whole, and the destination's store computed the same.
   */
  SOURCE_AND_DESTINATION("the source's own CRC32C equals the destination's"),
  /**
   * The source's store keeps none: the CRC32C of what was read, part by part and pinned to one
   * version, is what the destination's store computed.
   */
  READ_AND_DESTINATION(
      "the source keeps no CRC32C; that of the bytes read equals the destination's");

  private final String words;

  Proof(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
