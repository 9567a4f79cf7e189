package dev.coffer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the distribution keeps PostgreSQL's programs: not on the path. */
final class Programs {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private Programs() {}

  static Path folder() {
    Path preferred = DEBIAN.resolve("15/bin");
    return Files.isExecutable(preferred.resolve("initdb")) ? preferred : newest();
  }

  static String named(String program) {
    return folder().resolve(program).toString();
  }

  private static Path newest() {
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> releases = Files.list(DEBIAN)) {
        return releases
            .map(release -> release.resolve("bin"))
            .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
            .max(Comparator.comparing(Path::toString))
            .orElseGet(Programs::configured);
      } catch (IOException unreadable) {
        return configured();
      }
    }
    return configured();
  }

  private static Path configured() {
    return Path.of(Shell.run("pg_config", "--bindir").check().out().strip());
  }
}
