package dev.coffer.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * As much of PostgreSQL 12.9 as a client sees that asks for the version (PostgreSQL manual,
 * "Frontend/Backend Protocol"): it lets everybody in and answers every question with its version.
 */
final class OldServer implements AutoCloseable {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  OldServer() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void serve(Socket client) {
    try (client;
        DataInputStream input = new DataInputStream(client.getInputStream());
        DataOutputStream output = new DataOutputStream(client.getOutputStream())) {
      greet(input, output);
      for (int type = input.read(); type >= 0 && type != 'X'; type = input.read()) {
        input.skipNBytes(input.readInt() - 4L);
        answer(type, output);
      }
    } catch (IOException gone) {
      // The client had enough.
    }
  }

  private static void greet(DataInputStream input, DataOutputStream output) throws IOException {
    int length = input.readInt();
    int request = input.readInt();
    while (request == SSL_REQUEST || request == GSS_REQUEST) {
      output.write('N');
      length = input.readInt();
      request = input.readInt();
    }
    input.skipNBytes(length - 8L);
    send(output, 'R', new byte[] {0, 0, 0, 0});
    parameter(output, "server_version", "12.9");
    parameter(output, "server_encoding", "UTF8");
    parameter(output, "client_encoding", "UTF8");
    parameter(output, "standard_conforming_strings", "on");
    parameter(output, "integer_datetimes", "on");
    parameter(output, "DateStyle", "ISO, MDY");
    parameter(output, "TimeZone", "UTC");
    send(output, 'K', new byte[8]);
    ready(output);
  }

  private static void parameter(DataOutputStream output, String name, String value)
      throws IOException {
    send(output, 'S', (name + "\0" + value + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  private static void answer(int type, DataOutputStream output) throws IOException {
    switch (type) {
      case 'Q' -> {
        columns(output);
        row(output);
        ready(output);
      }
      case 'P' -> send(output, '1', new byte[0]);
      case 'B' -> send(output, '2', new byte[0]);
      case 'D' -> columns(output);
      case 'E' -> row(output);
      case 'S' -> ready(output);
      default -> {}
    }
  }

  private static void columns(DataOutputStream output) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeShort(2);
    column(data, "number", 23, 4);
    column(data, "text", 25, -1);
    send(output, 'T', bytes.toByteArray());
  }

  private static void column(DataOutputStream data, String name, int type, int size)
      throws IOException {
    data.writeBytes(name + "\0");
    data.writeInt(0);
    data.writeShort(0);
    data.writeInt(type);
    data.writeShort(size);
    data.writeInt(-1);
    data.writeShort(0);
  }

  private static void row(DataOutputStream output) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeShort(2);
    data.writeInt(6);
    data.writeBytes("120009");
    data.writeInt(4);
    data.writeBytes("12.9");
    send(output, 'D', bytes.toByteArray());
    send(output, 'C', "SELECT 1\0".getBytes(StandardCharsets.US_ASCII));
  }

  private static void ready(DataOutputStream output) throws IOException {
    send(output, 'Z', new byte[] {'I'});
    output.flush();
  }

  private static void send(DataOutputStream output, int type, byte[] body) throws IOException {
    output.write(type);
    output.writeInt(body.length + 4);
    output.write(body);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
