package dev.coffer.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server of this machine, which breaks or stops when told to. */
public final class Proxy implements AutoCloseable {
  private final ServerSocket door;
  private final int serverPort;
  private final AtomicLong left;
  private final AtomicLong carried = new AtomicLong();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private Proxy(ServerSocket door, int serverPort, long limit) {
    this.door = door;
    this.serverPort = serverPort;
    left = new AtomicLong(limit);
  }

  /** A network that works until it is cut. */
  public static Proxy before(int serverPort) throws IOException {
    return stallingAfter(Long.MAX_VALUE, serverPort);
  }

  /** A network that carries so many bytes from the server, and then none, without a word. */
  public static Proxy stallingAfter(long bytes, int serverPort) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Proxy proxy = new Proxy(door, serverPort, bytes);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  public int port() {
    return door.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> pass(client, server, false));
        Thread.ofVirtual().start(() -> pass(server, client, true));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void pass(Socket from, Socket to, boolean limited) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        if (limited && left.addAndGet(-count) < 0) {
          stall(to);
        }
        output.write(buffer, 0, count);
        carried.addAndGet(limited ? count : 0);
      }
    } catch (IOException broken) {
      // Then the other direction ends too: both sockets are closed.
    }
  }

  /** Passes nothing on until the receiver is gone, which the other direction finds out. */
  private void stall(Socket receiver) throws IOException {
    stalled.countDown();
    while (!receiver.isClosed()) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
    }
    throw new IOException("the receiver is gone");
  }

  /** From now on nothing comes from the server any more. */
  public void stall() {
    left.set(0);
  }

  /** From now on new connections work; those that stand still are broken. */
  public void recover() {
    cut();
    left.set(Long.MAX_VALUE);
  }

  /** Waits until the network has stalled. */
  public void awaitStalled() throws InterruptedException {
    if (!stalled.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("so many bytes never came");
    }
  }

  /** Whether the network has stalled. */
  public boolean hasStalled() {
    return stalled.getCount() == 0;
  }

  /** How many bytes came from the server and were passed on. */
  public long carried() {
    return carried.get();
  }

  /** Breaks every connection. */
  public void cut() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException alreadyClosed) {
        // That is what was wanted.
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
