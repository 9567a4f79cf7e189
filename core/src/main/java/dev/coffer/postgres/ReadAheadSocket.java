package dev.coffer.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that takes from the system whatever has arrived, up to {@link #BUFFER} bytes. The driver
 * asks for 8 KiB at a time, which at the pace of COPY is a call of the system for every dozen rows.
 */
final class ReadAheadSocket extends Socket {
  private static final int BUFFER = 1 << 16;

  private final Object opening = new Object();
  private InputStream input = InputStream.nullInputStream();
  private boolean opened;

  ReadAheadSocket() throws IOException {
    super(new ChannelSocket());
  }

  /** Always the same: what one has read ahead, another would miss. */
  @Override
  public InputStream getInputStream() throws IOException {
    synchronized (opening) {
      if (!opened) {
        input = new BufferedInputStream(super.getInputStream(), BUFFER);
        opened = true;
      }
      return input;
    }
  }
}
