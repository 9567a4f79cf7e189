package dev.coffer.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the command within the test's process. */
record Run(int status, String out, String err) {

  /** Runs the command with a home of its own and nothing of the real environment. */
  static Run coffer(Path home, String... arguments) {
    return coffer(home, Map.of(), arguments);
  }

  static Run coffer(Path home, Map<String, String> variables, String... arguments) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("USER", "tester");
    environment.put("HOSTNAME", "machine.example");
    environment.put("COFFER_BACKUPS", home.resolve("backups").toString());
    environment.putAll(variables);
    create(home.resolve("backups"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments,
            environment,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Standard output as the one JSON object it is to be. */
  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }

  String lastLine() {
    return out.strip().lines().reduce((before, after) -> after).orElse("");
  }
}
