package dev.twinbucket.transfer;

/** What one part can be at the most when it is held in one array. */
final class PartBuffer {
  /** The largest array that every virtual machine can make. */
  static final long LARGEST = Integer.MAX_VALUE - 8L;

  private PartBuffer() {}
}
