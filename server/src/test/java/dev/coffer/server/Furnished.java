package dev.coffer.server;

import dev.coffer.seal.KeyHome;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A site at which there is one of everything that an address can name. */
record Furnished(Map<String, String> ids, String database) {
  /** What a page needs to be told besides. */
  private static final Map<String, String> QUERIES =
      Map.of(
          "/admin/backup/{name}/download", "?format=stored",
          "/admin/browse/{name}/{table}/row", "?at=0",
          "/admin/compare/{id}/records", "?table=users",
          "/admin/compare/{id}/records-list", "?table=users",
          "/api/v1/comparisons/{id}/changes", "?table=users",
          "/admin/schedules/preview", "?cron=0+2+*+*+*&zone=UTC",
          "/api/v1/schedules/preview", "?cron=0+2+*+*+*&zone=UTC");

  static Furnished of(Site site) {
    Program program = new Program(site, "EVERYTHING");
    String backup = BrowsedSite.backup(site);
    String live = "{\"backup\":\"%s\",\"with\":{\"live\":true}}".formatted(backup);
    String job = begin(program, "/api/v1/comparisons", live);
    String comparison = program.get(job).json().get("subject").stringValue();
    String planning =
        begin(
            program,
            "/api/v1/restores",
            "{\"backup\":\"%s\",\"mode\":\"missing\",\"withoutKey\":true}".formatted(backup));
    String plan = program.get(planning).json().get("subject").stringValue();
    String schedule =
        program
            .post(
                "/api/v1/schedules",
                "{\"name\":\"Furniture %s\",\"cron\":\"0 3 1 1 *\",\"reason\":\"Furniture\"}"
                    .formatted(UUID.randomUUID()))
            .json()
            .get("id")
            .stringValue();
    String recipient = KeyHome.at(site.home()).recipients().getFirst().toString();
    String test =
        program
            .post("/api/v1/settings/key-tests", "{\"recipient\":\"" + recipient + "\"}")
            .header("Location");
    return new Furnished(
        Map.of(
            "name",
            backup,
            "compar",
            comparison,
            "restore",
            plan,
            "schedules",
            schedule,
            "key-test",
            last(test),
            "jobs",
            last(job),
            "planning",
            last(planning),
            "users",
            "1",
            "tokens",
            program.token().split("_", 3)[1],
            "row",
            site.portal().value("SELECT id FROM users ORDER BY id LIMIT 1")),
        "127.0.0.1:" + site.portal().server().port() + "/" + site.portal().name());
  }

  private static String begin(Program program, String path, String body) {
    Visitor.Answer accepted = program.post(path, body);
    String state = program.ended(accepted).get("state").stringValue();
    if (!state.equals("DONE")) {
      throw new AssertionError(path + " is " + state);
    }
    return accepted.header("Location");
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String backup() {
    return id("name");
  }

  /** The job that planned a restore. */
  String restoreJob() {
    return id("planning");
  }

  /** The job that compared. */
  String comparisonJob() {
    return id("jobs");
  }

  private String id(String of) {
    return ids.getOrDefault(of, "00000000-0000-4000-8000-000000000000");
  }

  /** That of something that is there. */
  String address(Calls.Call call) {
    String pattern = call.pattern();
    if (pattern.equals("/admin/settings/database")) {
      return pattern + "?id=" + Visitor.encode(database);
    }
    String one =
        ids.keySet().stream()
            .filter(kind -> pattern.contains("/" + kind) && !pattern.startsWith("/admin/restores/"))
            .findFirst()
            .orElse("");
    return pattern
            .replace("/rows/{id}", "/rows/" + id("row"))
            .replace("{name}", backup())
            .replace("{table}", "users")
            .replaceAll("\\{(id|restoreId)}", id(one))
        + QUERIES.getOrDefault(pattern, "");
  }

  /** Those of something that is there, and of something that is not. */
  List<String> addresses(Calls.Call call) {
    return call.varies() ? List.of(address(call), call.ofNothing()) : List.of(address(call));
  }
}
