package dev.coffer.server;

import dev.coffer.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A program that calls the interface with a token. */
final class Program {
  private final Visitor visitor;
  private final String token;

  Program(Site site, String scope) {
    this(site.visitor(), site.token(scope));
  }

  Program(Visitor visitor, String token) {
    this.visitor = visitor;
    this.token = token;
  }

  String token() {
    return token;
  }

  Program at(Site site) {
    return new Program(site.visitor(), token);
  }

  Visitor.Answer get(String path, String... headers) {
    return call("GET", path, "", headers);
  }

  Visitor.Answer post(String path, String json, String... headers) {
    return call("POST", path, json, headers);
  }

  Visitor.Answer call(String method, String path, String json, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + token));
    return visitor.call(method, path, json, all.toArray(String[]::new));
  }

  /** Follows a job to its end, and gives what it says then. */
  JsonNode ended(Visitor.Answer accepted) {
    if (accepted.status() != 202) {
      throw new AssertionError(accepted.status() + ": " + accepted.body());
    }
    String place = accepted.header("Location");
    Waiting.until(place + " to end", () -> over(get(place).json()));
    return get(place).json();
  }

  private static boolean over(JsonNode job) {
    String state = job.get("state").stringValue();
    return !state.equals("WAITING") && !state.equals("RUNNING");
  }
}
