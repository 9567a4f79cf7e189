package dev.coffer.server;

import dev.coffer.portal.sample.SamplePortal;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server with a home of its own, that protects a small portal of its own. */
final class Site implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  private final Path folder;
  private final TestDatabase portal;
  private ServerSettings settings;
  private CofferServer server;
  private Optional<Visitor> admin = Optional.empty();

  private Site(Path folder, TestDatabase portal, ServerSettings settings) {
    this.folder = folder;
    this.portal = portal;
    this.settings = settings;
    this.server = CofferServer.start(settings);
  }

  /** A site at which nobody has signed in yet. */
  static Site fresh() {
    return fresh(Optional.empty());
  }

  private static Site fresh(Optional<ConnectionSettings> state) {
    try {
      Path folder = Files.createTempDirectory("coffer-site");
      TestDatabase portal = TestDatabase.create(Servers.embedded(18));
      ConnectionSettings database =
          ConnectionSettings.resolve(Optional.of(portal.url()), Map.of(), folder);
      SamplePortal.create(database.dataSource("test"), SamplePortal.Options.ofScale(0.05));
      Path backups = Files.createDirectory(folder.resolve("backups"));
      return new Site(
          folder,
          portal,
          new ServerSettings(
              "127.0.0.1",
              0,
              folder.resolve("home"),
              backups,
              Optional.of(database),
              Optional.of(
                  ConnectionSettings.resolve(
                      Optional.of(Servers.embedded(18).url("postgres")), Map.of(), folder)),
              state,
              Duration.ofMinutes(30),
              false,
              "test"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A site whose admin has the password {@link #PASSWORD}. */
  static Site ready() {
    return welcomed(fresh());
  }

  /** The same, with its state in a PostgreSQL, which stays the caller's. */
  static Site readyOn(ConnectionSettings state) {
    return welcomed(fresh(Optional.of(state)));
  }

  private static Site welcomed(Site site) {
    Visitor admin = site.visitor();
    admin.signIn("admin", site.firstPassword());
    admin.choosePassword(site.firstPassword(), PASSWORD);
    return site;
  }

  String url() {
    return server.url();
  }

  Path backups() {
    return settings.backups();
  }

  Path home() {
    return settings.cofferHome();
  }

  TestDatabase portal() {
    return portal;
  }

  Optional<String> printedPassword() {
    return server.firstAdmin().map(first -> first.password());
  }

  String firstPassword() {
    return printedPassword().orElseThrow();
  }

  /** Somebody with a browser of their own. */
  Visitor visitor() {
    return new Visitor(url());
  }

  /** The admin, in one session for all who ask: each sign-in takes a while, by design. */
  synchronized Visitor admin() {
    if (admin.isEmpty()) {
      Visitor signedIn = visitor();
      signedIn.signIn("admin", PASSWORD);
      admin = Optional.of(signedIn);
    }
    return admin.get();
  }

  /** The admin in another session: what one is told there, nobody else misses. */
  Visitor adminOfItsOwn() {
    Visitor signedIn = visitor();
    signedIn.signIn("admin", PASSWORD);
    return signedIn;
  }

  /** A user that an admin has just added, with the password changed. */
  Visitor user(String name, String role) {
    String given =
        admin().post("/admin/users", Map.of("name", name, "role", role)).element("new-password");
    Visitor user = visitor();
    user.signIn(name, given);
    user.choosePassword(given, PASSWORD);
    return user;
  }

  /** A token that an admin makes. */
  String token(String scope) {
    return admin()
        .post("/admin/tokens", Map.of("name", "portal", "scope", scope, "days", "1"))
        .element("new-token");
  }

  /** A part of the running server. */
  <T> T part(String name, Class<T> type) {
    return server.parts().getBean(name, type);
  }

  /** The state, as the running server uses it. */
  JdbcClient state() {
    return server.parts().getBean(JdbcClient.class);
  }

  /** Another server on the same state, the same files and the same database. */
  CofferServer another() {
    return CofferServer.start(settings);
  }

  /** Stops the server and starts another on the same state. */
  void restart() {
    restart(() -> {});
  }

  /** The same, with something that happens while no server runs. */
  void restart(Runnable meanwhile) {
    server.close();
    meanwhile.run();
    server = CofferServer.start(settings);
    admin = Optional.empty();
  }

  /** The same with another server for trials; without one it starts its own. */
  void restart(Optional<String> proofServer) {
    restart(settings.database(), proofServer.map(this::connection), settings.idle());
  }

  /** The same with another place for the protected database. */
  void restartProtecting(String database) {
    restart(Optional.of(connection(database)), settings.proofServer(), settings.idle());
  }

  /** The same with another time after which a session that nobody uses ends. */
  void restart(Duration idle) {
    restart(settings.database(), settings.proofServer(), idle);
  }

  private void restart(
      Optional<ConnectionSettings> database,
      Optional<ConnectionSettings> proofServer,
      Duration idle) {
    settings =
        new ServerSettings(
            settings.address(),
            settings.port(),
            settings.cofferHome(),
            settings.backups(),
            database,
            proofServer,
            settings.state(),
            idle,
            settings.behindProxy(),
            settings.cofferVersion());
    restart();
  }

  private ConnectionSettings connection(String url) {
    return ConnectionSettings.resolve(Optional.of(url), Map.of(), folder);
  }

  /** Whether the server has nothing to do, nor anything that follows from what it did. */
  boolean idle() {
    JobRunner runner = server.parts().getBean(JobRunner.class);
    return Stream.of(JobKind.values()).allMatch(kind -> runner.waiting(kind) == 0);
  }

  /** The names of all files below the backups' folder. */
  List<String> files() {
    List<String> names = new ArrayList<>();
    try {
      Files.walkFileTree(
          backups(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              names.add(String.valueOf(file.getFileName()));
              return FileVisitResult.CONTINUE;
            }

            // What is being written may be gone, or have its own name, a moment later.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  @Override
  public void close() {
    server.close();
    portal.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
