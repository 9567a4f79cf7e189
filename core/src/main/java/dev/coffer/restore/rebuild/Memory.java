package dev.coffer.restore.rebuild;

/** How much may be read ahead. */
final class Memory {
  private static final int LEAST = 8 << 20;
  private static final int MOST = 64 << 20;

  private Memory() {}

  /** Bytes of the document that each of so many feeds may hold decoded. */
  static int readAhead(int feeds) {
    long share = Runtime.getRuntime().maxMemory() / 8 / feeds;
    return Math.clamp(share, LEAST, MOST);
  }
}
