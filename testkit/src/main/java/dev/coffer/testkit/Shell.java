package dev.coffer.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
public final class Shell {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Shell() {}

  /** How a command ended and what it said, as UTF-8. */
  public record Result(List<String> command, int exit, String out, String err) {
    /** This result, or a failure that shows what the command said. */
    public Result check() {
      if (exit != 0) {
        throw new AssertionError(command.getFirst() + " ended with " + exit + "\n" + out + err);
      }
      return this;
    }
  }

  public static Result run(String... command) {
    return run(List.of(command), Map.of(), "");
  }

  /**
   * Runs a command with more environment variables and with a text as its standard input; kills it
   * after five minutes.
   */
  public static Result run(List<String> command, Map<String, String> environment, String input) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> out = reading(process.getInputStream());
      CompletableFuture<String> err = reading(process.getErrorStream());
      write(process, input);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(command.getFirst() + " takes more than " + LIMIT);
      }
      return new Result(command, process.exitValue(), out.join(), err.join());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot run " + command.getFirst(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command.getFirst() + " ran");
    }
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static void write(Process process, String input) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException commandDoesNotRead) {
      // A command may end without having read its input; its exit status tells.
    }
  }
}
