package dev.coffer.embedded;

import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of one PostgreSQL release: {@code initdb} and {@code postgres} in a folder.
 *
 * @param folder what {@code pg_config --bindir} says
 * @param version such as {@code 18.6}
 */
public record ServerBinaries(Path folder, String version) {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(?:[.\\w]*))");
  private static final List<String> ARCHIVES =
      List.of("postgres-linux-x86_64.txz", "postgres-linux-arm_64.txz");

  /**
   * Those on the class path, unpacked on first use into {@code $COFFER_HOME/postgres}, or into the
   * folder for temporary files where {@code COFFER_HOME} is not set. Takes two seconds the first
   * time and some milliseconds later.
   *
   * @throws ServerException where none is packed for this system, or it cannot be unpacked
   */
  public static ServerBinaries bundled() {
    return fromJar(bundledJar());
  }

  /** Those in a jar of {@code io.zonky.test.postgres}, unpacked like the bundled ones. */
  public static ServerBinaries fromJar(Path jar) {
    return at(BinariesCache.standard().unpacked(jar).resolve("bin"));
  }

  /** Those in a folder, such as a distribution's {@code /usr/lib/postgresql/15/bin}. */
  public static ServerBinaries at(Path folder) {
    Path server = folder.resolve("postgres");
    String answer =
        Files.isExecutable(server) ? ShortCommand.output(server.toString(), "--version") : "";
    Matcher version = VERSION.matcher(answer);
    if (!version.find() || !Files.isExecutable(folder.resolve("initdb"))) {
      throw new ServerException(
          "There is no PostgreSQL server that runs here in " + folder,
          "Name the folder that holds initdb and postgres; 'pg_config --bindir' tells it.");
    }
    return new ServerBinaries(folder, version.group(1));
  }

  public int majorVersion() {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  private static Path bundledJar() {
    return ARCHIVES.stream()
        .flatMap(name -> jarHolding(name).stream())
        .findFirst()
        .orElseThrow(() ->
            new ServerException(
                "No PostgreSQL is packed with this program",
                "Install PostgreSQL and name its folder of programs."));
  }

  private static Optional<Path> jarHolding(String archive) {
    ClassLoader loader = ServerBinaries.class.getClassLoader();
    return Optional.ofNullable(loader == null ? null : loader.getResource(archive))
        .map(URL::toString)
        .filter(url -> url.startsWith("jar:file:"))
        .map(url -> url.substring("jar:".length(), url.indexOf("!/")))
        .map(file -> Path.of(URI.create(file)));
  }
}
