package dev.coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs the tools that must agree with us: {@code age}, {@code age-keygen} and {@code openssl}. */
final class Command {
  private Command() {}

  /** Standard output of a command that must succeed. */
  static String run(String... words) throws IOException, InterruptedException {
    Path output = Files.createTempFile("coffer-command", ".out");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", words[0]).isTrue();
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      assertThat(process.exitValue()).as("%s: %s", String.join(" ", words), text).isZero();
      return text;
    } catch (IOException missing) {
      throw new AssertionError(
          "This test needs the command " + words[0] + ": apt-get install age openssl", missing);
    } finally {
      Files.delete(output);
    }
  }
}
