package dev.coffer.cli.terminal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure to the user, and to a program that asked for JSON; the status follows. */
public final class Failures {
  private final Session session;
  private final boolean json;

  public Failures(Session session, boolean json) {
    this.session = session;
    this.json = json;
  }

  /** Prints the failure and returns the exit status. */
  public int tell(Throwable failure) {
    CofferException told = told(failure);
    int status = print(told.code(), told.fact(), told.hint());
    if (session.variable("COFFER_DEBUG").filter("1"::equals).isPresent()) {
      failure.printStackTrace(session.err());
    }
    return status;
  }

  /** Prints what is wrong with a command line and returns the exit status. */
  public int tellUsage(ParameterException failure) {
    String help = "Run '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      String kind = first.startsWith("-") ? "option" : "command or argument";
      List<String> suggestions = unmatched.getSuggestions();
      String hint =
          suggestions.isEmpty()
              ? help
              : "Did you mean " + String.join(" or ", suggestions) + "? " + help;
      return print(ErrorCode.USAGE, "there is no " + kind + " '" + first + "'", hint);
    }
    String message = String.valueOf(failure.getMessage());
    return print(ErrorCode.USAGE, message.lines().findFirst().orElse("wrong usage"), help);
  }

  private int print(ErrorCode code, String fact, String hint) {
    Printer printer = session.errorPrinter();
    printer.list("coffer: " + fact + " [" + code + "]");
    if (!hint.isBlank()) {
      printer.list("HINT: " + hint);
    }
    if (json) {
      Map<String, Object> object = Json.object(false);
      object.put("code", code.name());
      object.put("message", fact);
      object.put("hint", hint);
      Json.print(session, object);
    }
    return code.exitStatus();
  }

  private static CofferException told(Throwable failure) {
    Optional<CofferException> known = Optional.empty();
    boolean interrupted = Thread.currentThread().isInterrupted();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      interrupted |=
          cause instanceof InterruptedException || cause instanceof ClosedByInterruptException;
      if (cause instanceof CofferException told && known.isEmpty()) {
        known = Optional.of(told);
      }
    }
    if (interrupted) {
      // Whatever broke, broke because the user cancelled.
      return new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", failure);
    }
    if (known.isPresent()) {
      return known.get();
    }
    if (failure instanceof OutOfMemoryError) {
      return new CofferException(
          ErrorCode.INTERNAL,
          "the program ran out of memory",
          "COFFER_JAVA_OPTS=-Xmx512m gives it more. Please report it: this should not happen.",
          failure);
    }
    return new CofferException(
        ErrorCode.INTERNAL,
        "an unexpected failure: " + failure.getClass().getSimpleName() + place(failure),
        "COFFER_DEBUG=1 shows where it happened; that may quote data. Please report it.",
        failure);
  }

  /** The first of our own lines; messages of unexpected failures may quote rows. */
  private static String place(Throwable failure) {
    Optional<StackTraceElement> line =
        Arrays.stream(failure.getStackTrace())
            .filter(element -> element.getClassName().startsWith("dev.coffer."))
            .findFirst();
    return line.map(element ->
            " at "
                + element.getClassName().replaceFirst(".*\\.", "")
                + ":"
                + element.getLineNumber())
        .orElse("");
  }
}
