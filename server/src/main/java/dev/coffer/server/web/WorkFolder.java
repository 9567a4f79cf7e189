package dev.coffer.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The folder that Tomcat wants to have, although nothing is put there. Left to itself it makes two
 * that go at the ordinary end of the process only, which Ctrl-C is not.
 */
@Component
class WorkFolder
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, DisposableBean {
  private final Path folder;

  WorkFolder() {
    try {
      folder = Files.createTempDirectory("coffer-web");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    try {
      factory.setBaseDirectory(folder.toFile());
      factory.setDocumentRoot(Files.createDirectory(folder.resolve("documents")).toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void destroy() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
