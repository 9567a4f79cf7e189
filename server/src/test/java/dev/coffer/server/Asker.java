package dev.coffer.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who asks, of whom one sees each answer: no redirect is followed.
 *
 * @param headers that tell who it is
 * @param csrf the token of the session; empty where there is none
 * @param may the permissions
 */
record Asker(
    HttpClient client,
    String site,
    String name,
    List<String> headers,
    String csrf,
    Set<String> may) {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");
  static final String FORM = "application/x-www-form-urlencoded";

  static Asker nobody(HttpClient client, Site site) {
    return new Asker(client, site.url(), "nobody", List.of(), "", Set.of());
  }

  /** Whoever is signed in by a browser. */
  static Asker person(HttpClient client, Site site, String name, Visitor visitor, String... may) {
    Matcher token = CSRF.matcher(visitor.get("/password").body());
    if (!token.find()) {
      throw new AssertionError("the page has no CSRF token");
    }
    return new Asker(
        client,
        site.url(),
        name,
        List.of("Cookie", "coffer=" + visitor.session()),
        token.group(1),
        Set.of(may));
  }

  static Asker program(HttpClient client, Site site, String name, String token, String... may) {
    return new Asker(
        client, site.url(), name, List.of("Authorization", "Bearer " + token), "", Set.of(may));
  }

  boolean isNobody() {
    return headers.isEmpty();
  }

  boolean isProgram() {
    return headers.contains("Authorization");
  }

  /** Without the session's CSRF token. */
  Asker withoutToken() {
    return new Asker(client, site, name, headers, "", may);
  }

  /** With another CSRF token. */
  Asker withToken(String other) {
    return new Asker(client, site, name, headers, other, may);
  }

  /** Asks with what shows who it is, and otherwise with nothing that would do something. */
  Visitor.Answer ask(String method, String path, String... more) {
    if (method.equals("GET")) {
      return send(method, path, "", "", more);
    }
    return path.startsWith("/api/")
        ? send(method, path, "application/json", "no JSON", more)
        : send(method, path, FORM, "", more);
  }

  Visitor.Answer send(String method, String path, String type, String body, String... more) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path));
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    if (!csrf.isEmpty() && !method.equals("GET")) {
      all.addAll(List.of("X-CSRF-TOKEN", csrf));
    }
    if (!type.isEmpty()) {
      all.addAll(List.of("Content-Type", type));
    }
    for (int at = 0; at < all.size(); at += 2) {
      request.header(all.get(at), all.get(at + 1));
    }
    try {
      HttpResponse<byte[]> response =
          client.send(
              request
                  .method(
                      method,
                      method.equals("GET")
                          ? BodyPublishers.noBody()
                          : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofByteArray());
      return new Visitor.Answer(
          response.statusCode(),
          path,
          new String(response.body(), StandardCharsets.UTF_8),
          response);
    } catch (IOException failure) {
      throw new UncheckedIOException(name + ": " + method + " " + path, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
