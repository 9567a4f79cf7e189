package dev.coffer.restore.rebuild;

/** How much may be read ahead. */
final class Memory {
  private static final long LEAST = 8L << 20;
  private static final long MOST = 64L << 20;

  private Memory() {}

  /** Bytes of the document that each of so many feeds may hold decoded. */
  static int readAhead(int feeds) {
    long share = Runtime.getRuntime().maxMemory() / 8 / feeds;
    return (int) Math.clamp(share, LEAST, MOST);
  }
}
