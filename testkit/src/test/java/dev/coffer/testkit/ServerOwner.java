package dev.coffer.testkit;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that starts a server, prints where it is, and waits to be killed. */
final class ServerOwner {
  private ServerOwner() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServerOptions options = ServerOptions.defaults().withoutFsync().in(Path.of(arguments[0]));
    try (EmbeddedServer server = EmbeddedServer.start(ServerBinaries.bundled(), options)) {
      System.out.println(server.port());
      System.out.println(server.workFolder());
      Path file = server.workFolder().resolve("data/postmaster.pid");
      System.out.println(Files.readAllLines(file).getFirst());
      Thread.sleep(60_000);
    }
  }
}
