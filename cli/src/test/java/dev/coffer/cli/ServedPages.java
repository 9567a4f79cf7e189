package dev.coffer.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin, at the pages that a process serves. */
final class ServedPages implements AutoCloseable {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern ADDRESS = Pattern.compile("Coffer is at (http://\\S+)");
  private static final Pattern FIRST =
      Pattern.compile("Password +((?:[a-z2-9]{5}-){4}[a-z2-9]{5})");
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
  private static final long PATIENCE_SECONDS = 60;

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  private ServedPages(String address) {
    this.address = address;
  }

  /** Waits for what {@code coffer serve} prints, and signs in by it. */
  static ServedPages ofTheFirstStart(Path home) throws IOException, InterruptedException {
    Matcher first = printed(home, FIRST);
    ServedPages pages = new ServedPages(printed(home, ADDRESS).group(1));
    pages.signIn(first.group(1));
    pages.post(
        "/password", Map.of("current", first.group(1), "chosen", PASSWORD, "repeated", PASSWORD));
    return pages;
  }

  /** The same, once the password was changed. */
  static ServedPages ofALaterStart(Path home) throws IOException, InterruptedException {
    ServedPages pages = new ServedPages(printed(home, ADDRESS).group(1));
    pages.signIn(PASSWORD);
    return pages;
  }

  private static Matcher printed(Path home, Pattern wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Path out = home.resolve("out");
      Matcher found = wanted.matcher(Files.exists(out) ? Files.readString(out) : "");
      if (found.find()) {
        return found;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(
        "never printed: " + wanted + "\n" + Files.readString(home.resolve("err")));
  }

  private void signIn(String password) throws IOException, InterruptedException {
    post("/sign-in", Map.of("name", "admin", "password", password));
  }

  String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address + path)).build());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(path));
  }

  /** Sends a form. */
  void post(String path, Map<String, String> fields) throws IOException, InterruptedException {
    Matcher token = CSRF.matcher(get("/password"));
    if (!token.find()) {
      throw new AssertionError("the page has no CSRF token");
    }
    String form =
        fields.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "_csrf=" + token.group(1) + "&", ""));
    send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(request + " is " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** The newest job of a kind, once it is as wanted. */
  JsonNode job(String kind, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    JsonNode jobs = json("/api/v1/jobs?kind=" + kind).get("items");
    while (jobs.isEmpty() || !wanted.test(jobs.get(0))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came about: " + jobs);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      jobs = json("/api/v1/jobs?kind=" + kind).get("items");
    }
    return jobs.get(0);
  }

  static boolean over(JsonNode job) {
    String state = job.get("state").stringValue();
    return !state.equals("WAITING") && !state.equals("RUNNING");
  }

  @Override
  public void close() {
    client.close();
  }
}
