package dev.coffer.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Lets the driver reach a server through a Unix-domain socket: the driver asks for a socket and,
 * finding it connected, uses it. The driver creates this by name, with the socket's file as
 * argument.
 */
public final class UnixSocketFactory extends SocketFactory {
  /** Where distributions and PostgreSQL itself put sockets. */
  static final List<Path> USUAL_FOLDERS = List.of(Path.of("/var/run/postgresql"), Path.of("/tmp"));

  private final Path file;

  public UnixSocketFactory(String file) {
    this.file = Path.of(file);
  }

  @Override
  public Socket createSocket() throws IOException {
    return new UnixSocket(SocketChannel.open(UnixDomainSocketAddress.of(file)));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket();
  }
}
