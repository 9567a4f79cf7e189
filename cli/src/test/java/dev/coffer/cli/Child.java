package dev.coffer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command as a process of its own, with a home of its own. */
final class Child {
  private final Path home;
  private final Process process;

  private Child(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts {@code coffer} with arguments; backups go to {@code home/backups}. */
  static Child coffer(Path home, String... arguments) {
    return start(home, command(List.of(arguments)));
  }

  /** The same, with a folder of its own for temporary files. */
  static Child withTemporaryFolder(Path home, Path temporary, String... arguments) {
    List<String> command = command(List.of(arguments));
    command.add(command.indexOf("-cp"), "-Djava.io.tmpdir=" + temporary);
    return start(home, command);
  }

  /** Runs a shell script, in which {@code "$@"} is {@code coffer} with its arguments. */
  static Child within(Path home, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
    command.addAll(command(List.of(arguments)));
    return start(home, command);
  }

  /** A process started in the background may ignore Ctrl-C; this one is not to. */
  private static List<String> command(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static Child start(Path home, List<String> command) {
    try {
      Files.createDirectories(home.resolve("backups"));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(home.resolve("out").toFile())
              .redirectError(home.resolve("err").toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("HOME", home.toString());
      builder.environment().put("COFFER_HOME", home.resolve("coffer").toString());
      builder.environment().put("COFFER_BACKUPS", home.resolve("backups").toString());
      return new Child(home, builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new AssertionError("kill ended with " + status);
    }
  }

  /** That of the process. */
  long id() {
    return process.pid();
  }

  /** Kills the process by SIGKILL, if it is still there. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end; the status of a process that a signal killed is 128 and the signal. */
  Run end() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end:\n" + text("out") + text("err"));
    }
    return new Run(process.exitValue(), text("out"), text("err"));
  }

  private String text(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The names of all files below a folder of backups, dots and all. */
  static List<String> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
