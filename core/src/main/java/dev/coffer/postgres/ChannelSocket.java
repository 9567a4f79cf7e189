package dev.coffer.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A socket's inside that is a channel's: unlike a plain socket's, its waiting ends, and the
 * connection with it, when the waiting thread is interrupted (see {@link
 * java.nio.channels.InterruptibleChannel}).
 */
final class ChannelSocket extends SocketImpl {
  private final SocketChannel channel;
  private final Socket socket;

  ChannelSocket() throws IOException {
    this.channel = SocketChannel.open();
    this.socket = channel.socket();
  }

  @Override
  protected void create(boolean stream) {}

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(InetAddress address, int port) throws IOException {
    connect(new InetSocketAddress(address, port), 0);
  }

  @Override
  protected void connect(SocketAddress to, int timeoutMillis) throws IOException {
    socket.connect(to, timeoutMillis);
    address = socket.getInetAddress();
    port = socket.getPort();
    localport = socket.getLocalPort();
  }

  @Override
  protected void bind(InetAddress host, int port) throws IOException {
    socket.bind(new InetSocketAddress(host, port));
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw new SocketException("this socket only connects");
  }

  @Override
  protected void accept(SocketImpl one) throws IOException {
    throw new SocketException("this socket only connects");
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    return socket.getInputStream();
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  protected int available() throws IOException {
    return socket.getInputStream().available();
  }

  @Override
  protected void close() throws IOException {
    channel.close();
  }

  @Override
  protected void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    socket.sendUrgentData(data);
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    return channel.supportedOptions();
  }

  @Override
  protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
    channel.setOption(name, value);
  }

  @Override
  protected <T> T getOption(SocketOption<T> name) throws IOException {
    return channel.getOption(name);
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    switch (option) {
      case SO_TIMEOUT -> socket.setSoTimeout((Integer) value);
      case TCP_NODELAY -> socket.setTcpNoDelay((Boolean) value);
      case SO_KEEPALIVE -> socket.setKeepAlive((Boolean) value);
      case SO_SNDBUF -> socket.setSendBufferSize((Integer) value);
      case SO_RCVBUF -> socket.setReceiveBufferSize((Integer) value);
      default -> throw new SocketException("option " + option + " is not known here");
    }
  }

  @Override
  public Object getOption(int option) throws SocketException {
    return switch (option) {
      case SO_TIMEOUT -> socket.getSoTimeout();
      case TCP_NODELAY -> socket.getTcpNoDelay();
      case SO_KEEPALIVE -> socket.getKeepAlive();
      case SO_SNDBUF -> socket.getSendBufferSize();
      case SO_RCVBUF -> socket.getReceiveBufferSize();
      case SO_BINDADDR -> socket.getLocalAddress();
      default -> throw new SocketException("option " + option + " is not known here");
    };
  }
}
