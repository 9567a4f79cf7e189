package dev.coffer.cli;

import dev.coffer.cli.terminal.Failures;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The {@code coffer} command. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    Session session =
        Session.of(
            System.getenv(), System.in, stream(FileDescriptor.out), stream(FileDescriptor.err));
    Interruption interruption = Interruption.watch(session, Thread.currentThread());
    int status = run(arguments, session);
    session.out().flush();
    session.err().flush();
    interruption.finished();
    System.exit(status);
  }

  /** UTF-8 whatever the locale: what is printed is JSON, SQL and names from databases. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /**
   * Runs one command within this process, without a terminal. An interrupt of the calling thread
   * cancels it.
   *
   * @param environment the variables; {@code HOME} is the user's home folder
   * @return the exit status, see {@link dev.coffer.error.ExitStatus}
   */
  public static int run(
      String[] arguments,
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    return run(arguments, Session.withoutTerminal(environment, in, out, err));
  }

  private static int run(String[] arguments, Session session) {
    boolean json = Arrays.asList(arguments).contains("--json");
    Failures failures = new Failures(session, json);
    try {
      CommandLine coffer = commandLine(arguments, session, failures);
      if (arguments.length == 0) {
        coffer.usage(session.err());
        return ExitStatus.USAGE;
      }
      return coffer.execute(arguments);
    } catch (Throwable failure) {
      return failures.tell(failure);
    }
  }

  private static CommandLine commandLine(String[] arguments, Session session, Failures failures) {
    CommandLine commandLine = new CommandLine(Coffer.class, new SessionFactory(session));
    Commands.install(commandLine, arguments, session);
    commandLine
        .setOut(session.printer().writer())
        .setErr(session.errorPrinter().writer())
        .setColorScheme(Help.defaultColorScheme(session.coloured() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setExecutionExceptionHandler((failure, command, parsed) -> failures.tell(failure))
        .setParameterExceptionHandler((failure, wrong) -> failures.tellUsage(failure))
        .setUsageHelpWidth(90)
        .setUsageHelpLongOptionsMaxWidth(28);
    CommandGroups.install(commandLine);
    return commandLine;
  }
}
