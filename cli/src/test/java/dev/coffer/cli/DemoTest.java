package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code coffer demo}, as a process of its own. */
final class DemoTest {
  private static final Pattern ADDRESS = Pattern.compile("Coffer is at (http://127.0.0.1:\\d+)");
  private static final Pattern PASSWORD = Pattern.compile("Password +((?:[a-z2-9]{5}-){4}\\S{5})");
  private static final long PATIENCE_MILLIS = 90_000;

  @TempDir Path home;

  @Test
  void onceEndsWithAProofAndWithoutAServer() throws Exception {
    Run demo = Child.coffer(home, "demo", "--once").end();

    assertThat(demo.status()).as(demo.err()).isEqualTo(ExitStatus.DONE);
    assertThat(demo.out())
        .contains("15,247", "SOUND", "PROVEN", "What to try next")
        .doesNotContain("Coffer is at", "Password");
    assertThat(backups()).hasSize(1);
  }

  @Test
  void servesWhatThereIsToSeeAndEndsWithCtrlC() throws Exception {
    Path temporary = Files.createDirectory(home.resolve("t"));
    Child demo = Child.withTemporaryFolder(home, temporary, "demo");
    try {
      String greeting = awaitGreeting();

      assertThat(greeting).containsPattern("the customer [a-z0-9.]+@[a-z0-9.]+ was deleted");
      assertThat(greeting).contains("under Restore").doesNotContain("DEBUG", "INFO");
      Matcher address = ADDRESS.matcher(greeting);
      assertThat(address.find()).isTrue();
      assertThat(PASSWORD.matcher(greeting).find()).isTrue();
      assertThat(status(address.group(1) + "/sign-in")).isEqualTo(200);
      assertThat(backups()).hasSize(3);
    } finally {
      demo.signal("INT");
    }

    Run run = demo.end();
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run.out()).endsWith("the backups stay.\nThe demo has ended.\n");
    assertThat(run.err()).doesNotContain("WARN", "ERROR", "Exception");
    awaitNothingLeft(temporary);
    JsonNode listing = Child.coffer(home, "list", "--json").end().json();
    assertThat(listing.get("backups").valueStream().map(one -> one.get("state").stringValue()))
        .hasSize(3)
        .containsOnly("proven");
  }

  private String awaitGreeting() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while ((System.nanoTime() - start) / 1_000_000 < PATIENCE_MILLIS) {
      String out = Files.readString(home.resolve("out"));
      if (out.contains("Ctrl-C")) {
        return out;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        Files.readString(home.resolve("out")) + Files.readString(home.resolve("err")));
  }

  /** On a machine that has much to do, PostgreSQL stops a moment after the command. */
  private static void awaitNothingLeft(Path temporary) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!entries(temporary).isEmpty() && (System.nanoTime() - start) / 1_000_000 < 10_000) {
      Thread.sleep(20);
    }
    assertThat(entries(temporary)).isEmpty();
    assertThat(processesOf(temporary)).isEmpty();
  }

  private static int status(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private List<String> backups() {
    return Child.filesBelow(home.resolve("backups/comprehensive")).stream()
        .filter(name -> name.endsWith(".json.zst"))
        .toList();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** PostgreSQL's processes have their work folder in their command. */
  private static List<String> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(folder + "/"))
        .toList();
  }
}
