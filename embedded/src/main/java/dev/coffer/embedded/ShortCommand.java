package dev.coffer.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of the system that ends at once and says one line. */
final class ShortCommand {
  private ShortCommand() {}

  /** What it prints, without the line's end; empty when it fails or does not exist. */
  static String output(String... command) {
    return run(List.of(command)).output();
  }

  static boolean succeeds(List<String> command) {
    return run(command).exitStatus() == 0;
  }

  private record Outcome(int exitStatus, String output) {}

  private static Outcome run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      return new Outcome(status, status == 0 ? output.strip() : "");
    } catch (IOException noSuchCommand) {
      return new Outcome(127, "");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Outcome(130, "");
    }
  }
}
