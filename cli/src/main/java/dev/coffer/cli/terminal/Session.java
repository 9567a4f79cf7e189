package dev.coffer.cli.terminal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a command knows of the world around it: variables, streams, folders. Nothing in this module
 * reads the process's own environment or streams but the program's entry.
 */
public record Session(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /** The session of a process, whose streams may be terminals. */
  public static Session of(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    return new Session(environment, in, out, err, isTerminal(1), isTerminal(2));
  }

  public static Session withoutTerminal(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    return new Session(environment, in, out, err, false, false);
  }

  /** Java itself tells only whether input and output both are terminals; Linux tells of each. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException elsewhere) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  /** A variable's value; empty where it is unset or blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The same session with one variable set. */
  public Session with(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new Session(changed, in, out, err, outIsTerminal, errIsTerminal);
  }

  public Path userHome() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  /** Where keys and settings are. */
  public Path cofferHome() {
    return variable("COFFER_HOME").map(Path::of).orElseGet(() -> userHome().resolve(".coffer"));
  }

  /** The root of the backups: what was asked for, else {@code COFFER_BACKUPS}, else backups. */
  public Path backups(Optional<Path> asked) {
    return asked.or(() -> variable("COFFER_BACKUPS").map(Path::of)).orElse(Path.of("backups"));
  }

  /** The program's name as one types it in this folder. */
  public String program() {
    return Files.isExecutable(Path.of("coffer")) && Files.isRegularFile(Path.of("coffer"))
        ? "./coffer"
        : "coffer";
  }

  /** Whether standard output takes colours. */
  public boolean coloured() {
    return outIsTerminal && colours();
  }

  private boolean colours() {
    return variable("NO_COLOR").isEmpty() && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether standard error is a terminal on which a line can be drawn anew. */
  public boolean live() {
    return errIsTerminal && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether the locale says that the terminal shows more than ASCII. */
  public boolean unicode() {
    return variable("LC_ALL")
        .or(() -> variable("LC_CTYPE"))
        .or(() -> variable("LANG"))
        .map(locale -> locale.toUpperCase(Locale.ROOT).replace("-", ""))
        .filter(locale -> locale.contains("UTF8"))
        .isPresent();
  }

  /**
   * Stops what is being printed once nobody reads it any more: a print stream swallows failures.
   *
   * @throws CofferException {@code TARGET_UNWRITABLE}
   */
  public void requireListening() {
    if (out.checkError()) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "standard output takes no more data",
          "The disk may be full, or the program that reads it has ended.");
    }
  }

  public Printer printer() {
    return new Printer(out, coloured());
  }

  public Printer errorPrinter() {
    return new Printer(err, errIsTerminal && colours());
  }
}
