package dev.coffer.server.web;

import dev.coffer.compare.ScratchFolder;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.catalina.Globals;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The folder that Tomcat wants to have, although nothing is put there. Left to itself it makes two
 * in the folder for temporary files that go at the ordinary end of the process only, which Ctrl-C
 * is not, and that programs which tidy up there take away from under it. This one is to be closed
 * after the server; that of a killed server goes when the next one starts.
 */
public final class WorkFolder
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, AutoCloseable {
  private final ScratchFolder folder;

  private WorkFolder(ScratchFolder folder) {
    this.folder = folder;
  }

  /**
   * A new one, for its owner alone.
   *
   * @param home made where it is missing
   * @throws CofferException {@code TARGET_UNWRITABLE}
   */
  public static WorkFolder in(Path home) {
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(
            home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return new WorkFolder(ScratchFolder.in(home));
    } catch (IOException | CofferException failure) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "the server's work folder cannot be made in " + home,
          "Check the owner and the permissions of " + home + ", or set COFFER_HOME.",
          failure);
    }
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    try {
      factory.setBaseDirectory(folder.path().toFile());
      factory.setDocumentRoot(Files.createDirectory(folder.path().resolve("documents")).toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Tomcat tells the whole process where it is, and the next one in it would make it again. */
  @Override
  public void close() {
    for (String property : List.of(Globals.CATALINA_HOME_PROP, Globals.CATALINA_BASE_PROP)) {
      if (System.getProperty(property, "").equals(folder.path().toString())) {
        System.clearProperty(property);
      }
    }
    folder.close();
  }
}
