package dev.coffer.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a browser: keeps cookies, sends forms with their CSRF token, follows redirects. */
final class Visitor {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

  private final String site;
  private final Optional<String> forwardedFor;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client;

  Visitor(String site) {
    this(site, HttpClient.newBuilder(), Optional.empty());
  }

  /** Somebody at another address of this machine. */
  Visitor(String site, InetAddress from) {
    this(site, HttpClient.newBuilder().localAddress(from), Optional.empty());
  }

  /** The same, who claims to be at yet another one. */
  Visitor(String site, InetAddress from, String claimed) {
    this(site, HttpClient.newBuilder().localAddress(from), Optional.of(claimed));
  }

  private Visitor(String site, HttpClient.Builder client, Optional<String> forwardedFor) {
    this.site = site;
    this.forwardedFor = forwardedFor;
    this.client = client.cookieHandler(cookies).followRedirects(HttpClient.Redirect.NORMAL).build();
  }

  /** An answer: of pages, after redirects. */
  record Answer(int status, String path, String body, HttpResponse<byte[]> response) {

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /** The text of the element with an id. */
    String element(String id) {
      Matcher found = Pattern.compile("id=\"" + id + "\">([^<]*)<").matcher(body);
      if (!found.find()) {
        throw new AssertionError("no element " + id + " in " + path + ":\n" + body);
      }
      return found.group(1);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    byte[] bytes() {
      return response.body();
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  /** Sends a form as a page that is open would. */
  Answer post(String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    Matcher token = CSRF.matcher(get("/password").body());
    if (!token.find()) {
      token = CSRF.matcher(get("/sign-in").body());
      if (!token.find()) {
        throw new AssertionError("no page has a CSRF token");
      }
    }
    all.put("_csrf", token.group(1));
    return postBare(path, all);
  }

  /** Sends a form of somebody else's page. */
  Answer postBare(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, "Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a form with one file, as a page that is open would. */
  Answer postFile(String path, String field, byte[] content) {
    Matcher token = CSRF.matcher(get("/password").body());
    if (!token.find()) {
      throw new AssertionError("no page has a CSRF token");
    }
    String boundary = "----a-part-ends-here";
    String head =
        "--%1$s\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%2$s\r\n--%1$s\r\n"
                .formatted(boundary, token.group(1))
            + "Content-Disposition: form-data; name=\"%s\"; filename=\"key.txt\"\r\n\r\n"
                .formatted(field);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return send(
        request(path, "Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  /** Sends JSON as a program does; with a token where one is given. */
  Answer postJson(String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** Calls the interface by any method; with JSON where it is not empty. */
  Answer call(String method, String path, String json, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(
        request
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .build());
  }

  /** Sends what is no JSON. */
  Answer postText(String path, String text, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(text))
            .build());
  }

  Answer signIn(String name, String password) {
    return post("/sign-in", Map.of("name", name, "password", password));
  }

  /** Signs in, and asks for no page yet. */
  Answer signInWithoutFollowing(String name, String password) {
    Matcher token = CSRF.matcher(get("/sign-in").body());
    if (!token.find()) {
      throw new AssertionError("the page for signing in has no CSRF token");
    }
    HttpRequest request =
        request("/sign-in", "Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "name=%s&password=%s&_csrf=%s"
                        .formatted(encode(name), encode(password), encode(token.group(1)))))
            .build();
    try (HttpClient staying = HttpClient.newBuilder().cookieHandler(cookies).build()) {
      return send(staying, request);
    }
  }

  Answer choosePassword(String current, String chosen) {
    return post("/password", Map.of("current", current, "chosen", chosen, "repeated", chosen));
  }

  /** The value of the session's cookie. */
  String session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("coffer"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path));
    forwardedFor.ifPresent(address -> request.header("X-Forwarded-For", address));
    for (int at = 0; at < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    return request;
  }

  private Answer send(HttpRequest request) {
    return send(client, request);
  }

  private static Answer send(HttpClient by, HttpRequest request) {
    try {
      HttpResponse<byte[]> response = by.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          response.uri().getPath(),
          new String(response.body(), StandardCharsets.UTF_8),
          response);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
