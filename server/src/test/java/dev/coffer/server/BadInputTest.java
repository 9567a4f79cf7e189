package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs send that they should not, and all at once. */
@ExtendWith(SharedSite.class)
class BadInputTest {
  private static final int AT_ONCE = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Site site;
  private final Asker admin;
  private final Program program;

  BadInputTest(Site site) {
    this.site = site;
    this.admin = Asker.person(client, site, "admin", site.adminOfItsOwn());
    this.program = new Program(site, "EVERYTHING");
  }

  @AfterEach
  void hangUp() {
    client.close();
  }

  /** As parts of an address. */
  private static List<String> badNames(String backup) {
    String way = "../comprehensive/" + backup;
    return List.of(
        "..%2F..%2F..%2Fetc%2Fpasswd",
        "%2Fetc%2Fpasswd",
        "%2e%2e%2fhome%2fstate%2fcoffer.mv.db",
        "..%5C..%5Cwindows",
        "%2E%2E%00",
        backup + "%00.txt",
        backup + "%2F",
        "comprehensive%2F" + backup,
        "%252e%252e%252fetc%252fpasswd",
        "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(way)),
        "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("/etc/passwd")),
        "~%21%21",
        backup + ".keep",
        "." + backup + ".partial",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%F0%9F%92%BE",
        "%FF%FE",
        "1%27%20OR%20%271%27%3D%271",
        "x".repeat(5000));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertTellsNothing(Visitor.Answer answer, String what) {
    assertThat(answer.status()).as(what).isLessThan(500);
    assertThat(answer.body())
        .as(what)
        .doesNotContain("root:x:", "Exception", "\tat ", "dev.coffer", "java.", "org.spring")
        .doesNotContain(String.valueOf(site.home().getParent()))
        .doesNotContain("<script>alert");
  }

  /** Each of them in the place of each name that any address has. */
  @Test
  void aNameThatIsNoneIsNotFoundWhereverItStands() {
    String backup = BrowsedSite.backup(site);
    List<String> files = site.files();
    String portal = site.portal().value("SELECT count(*) FROM sales");
    List<String> wrong = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      if (call.varies()) {
        for (String bad : badNames(backup)) {
          String path = call.pattern().replaceAll("\\{\\w+}", bad);
          String query = call.looks() ? "?format=stored&table=users&at=0&key=x" : "?reason=Because";
          Visitor.Answer answer =
              call.forPrograms()
                  ? admin.send(call.method(), path + query, "application/json", "{\"keep\":true}")
                  : admin.send(
                      call.method(),
                      path + query,
                      call.looks() ? "" : Asker.FORM,
                      call.looks() ? "" : "keep=true&paused=true&role=ADMIN&confirm=x&answer=x");
          assertTellsNothing(answer, call + " of " + bad);
          if (answer.status() != 400 && answer.status() != 404 && !refusedInWords(call, answer)) {
            wrong.add(call + " of " + bad + " is " + answer.status());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(site.files()).isEqualTo(files);
    assertThat(site.portal().value("SELECT count(*) FROM sales")).isEqualTo(portal);
  }

  /**
   * Some forms and links lead to a page that says what is wrong, or that it is not there; the list
   * of tokens is what whoever revokes one wants to see, also when it is gone already.
   */
  private boolean refusedInWords(Calls.Call call, Visitor.Answer answer) {
    if (call.forPrograms()) {
      return answer.status() == 422;
    }
    if (answer.status() != 302) {
      return false;
    }
    String next = URI.create(answer.header("Location")).getRawPath();
    Visitor.Answer page = admin.send("GET", next, "", "");
    return page.status() == 404
        || next.equals("/admin/tokens")
        || page.body().contains("class=\"alert");
  }

  @Test
  void aNameThatIsNoneIsNotFoundInFieldsEither() {
    String backup = BrowsedSite.backup(site);
    for (String bad :
        List.of("../" + backup, "/etc/passwd", "comprehensive/" + backup, "a\u0000b")) {
      String part = Visitor.encode(bad);
      String json = bad.replace("\u0000", "\\u0000");
      List<Visitor.Answer> answers =
          List.of(
              admin.ask("GET", "/admin/restore?backup=" + part),
              admin.ask("GET", "/admin/backup/" + backup + "/download?format=csv&table=" + part),
              program.get("/api/v1/backups/" + backup + "/download?format=csv&table=" + part),
              program.post("/api/v1/restores", "{\"backup\":\"" + json + "\"}"),
              program.post(
                  "/api/admin/restore",
                  "{\"backupFilename\":\"" + json + "\",\"confirmationCode\":\"x\"}"),
              program.post(
                  "/api/v1/comparisons", "{\"backup\":\"" + json + "\",\"with\":{\"live\":true}}"),
              program.post(
                  "/api/v1/comparisons",
                  "{\"backup\":\"" + backup + "\",\"with\":{\"backup\":\"" + json + "\"}}"));
      for (Visitor.Answer answer : answers) {
        assertTellsNothing(answer, answer.path() + " of " + bad);
        assertThat(answer.status()).as(answer.path() + " of " + bad).isIn(400, 404);
      }
    }
  }

  @Test
  void aReasonIsASentenceWhereverOneIsAskedFor() {
    String backup = BrowsedSite.backup(site);
    List<String> files = site.files();
    for (String bad :
        List.of("", "   ", "\t\u00a0\u2003", "\u00a0", "x".repeat(10_000), "two\nlines", "a\0b")) {
      String reason = JsonMapper.shared().writeValueAsString(bad);
      for (Visitor.Answer answer :
          List.of(
              program.post("/api/v1/backups", "{\"reason\":%s}".formatted(reason)),
              program.post("/api/admin/comprehensive-backup", "{\"reason\":%s}".formatted(reason)),
              program.post(
                  "/api/v1/schedules",
                  "{\"name\":\"Bad\",\"cron\":\"0 3 1 1 *\",\"reason\":%s}".formatted(reason)),
              program.call(
                  "DELETE", "/api/v1/backups/" + backup + "?reason=" + Visitor.encode(bad), ""))) {
        assertTellsNothing(answer, answer.path());
        assertThat(answer.status()).as(answer.path() + " because " + reason).isEqualTo(400);
      }
      for (String page : List.of("/admin/backup", "/admin/backup/" + backup + "/delete")) {
        Visitor.Answer answer = site.admin().post(page, Map.of("reason", bad));
        assertThat(answer.body())
            .as(page + " because " + reason)
            .containsIgnoringCase("in a sentence");
      }
    }
    assertThat(site.files()).isEqualTo(files);
  }

  @Test
  void markupIsTextWhereverItIsShown() {
    String markup = "<img src=x onerror=alert(1)>'\"&";
    String shown = "&lt;img src=x onerror=alert(1)&gt;";
    String backup = BrowsedSite.backup(site);
    program.call("DELETE", "/api/v1/backups/" + backup + "?reason=" + Visitor.encode(markup), "");
    program.post(
        "/api/v1/tokens", "{\"name\":\"" + markup.replace("\"", "\\\"") + "\",\"scope\":\"READ\"}");
    Visitor.Answer schedule =
        program.post(
            "/api/v1/schedules",
            "{\"name\":\"%1$s\",\"cron\":\"0 3 1 1 *\",\"reason\":\"%1$s\"}"
                .formatted(markup.replace("\"", "\\\"")));

    for (String page : List.of("/admin/audit", "/admin/tokens", "/admin/schedules")) {
      assertThat(admin.ask("GET", page).body())
          .as(page)
          .contains(shown)
          .doesNotContain("<img src=x");
    }
    assertThat(admin.ask("GET", "/admin/backup?q=" + Visitor.encode(markup)).body())
        .contains("&lt;img")
        .doesNotContain("<img src=x");
    assertThat(
            program
                .call("DELETE", "/api/v1/schedules/" + schedule.json().get("id").stringValue(), "")
                .status())
        .isEqualTo(204);
  }

  /** Whoever copies a backup elsewhere has two of it, and can reach both. */
  @Test
  void theSameNameInTwoFoldersAreTwoBackups() throws IOException {
    String name = BrowsedSite.backup(site);
    Path copy = Files.createDirectories(site.backups().resolve("taken-home")).resolve(name);
    Files.copy(site.backups().resolve("comprehensive").resolve(name), copy);
    List<String> both = List.of("comprehensive:" + name, "taken-home:" + name);
    List<String> listed =
        program
            .get("/api/v1/backups?q=" + name)
            .json()
            .get("items")
            .valueStream()
            .map(item -> item.get("name").stringValue())
            .filter(each -> each.endsWith(name))
            .toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(both);
    String list = admin.ask("GET", "/admin/backup-list?q=" + name).body();
    for (String one : both) {
      assertThat(list).contains("data-backup=\"" + one + "\"");
      assertThat(admin.ask("GET", "/admin/backup/" + one).status()).as(one).isEqualTo(200);
      assertThat(program.get("/api/v1/backups/" + one + "/tables").status()).isEqualTo(200);
      assertThat(program.get("/api/v1/backups/" + one + "/download").bytes())
          .isEqualTo(Files.readAllBytes(copy));
    }
    assertThat(program.ended(program.post("/api/v1/backups/" + both.getFirst() + "/verify", "")))
        .isNotNull();
    site.state()
        .sql("UPDATE job SET subject = ? WHERE subject = ?")
        .params(name, both.getFirst())
        .update();
    assertThat(admin.ask("GET", "/admin/work").body())
        .as("a job told of it when there was one of that name")
        .contains("href=\"/admin/backup/" + both.getFirst() + "\"");
    Visitor.Answer either = program.get("/api/v1/backups/" + name);
    assertThat(either.status()).isEqualTo(404);
    assertThat(either.json().get("hint").stringValue()).contains("comprehensive:" + name);

    assertThat(
            program.call("DELETE", "/api/v1/backups/" + both.get(1) + "?reason=Twice", "").status())
        .isEqualTo(204);

    assertThat(copy).doesNotExist();
    assertThat(program.get("/api/v1/backups/" + name).status()).isEqualTo(200);
    assertThat(program.get("/api/v1/backups/" + both.getFirst()).status()).isEqualTo(200);
    assertThat(program.get("/api/v1/backups/" + both.get(1)).status()).isEqualTo(404);
    Files.delete(copy.getParent());
  }

  @Test
  void twoWhoCreateAtOnceGetABackupEach() throws Exception {
    Visitor carl = site.user("carl", "OPERATOR");
    Visitor dora = site.user("dora", "OPERATOR");
    List<String> before = site.files();

    List<Visitor.Answer> answers =
        atOnce(
            List.of(
                () -> carl.post("/admin/backup", Map.of("reason", "By carl at once")),
                () -> dora.post("/admin/backup", Map.of("reason", "By dora at once"))));

    assertThat(answers).extracting(Visitor.Answer::status).containsOnly(200);
    Waiting.until("two backups", () -> created(before).size() == 2);
    List<String> told =
        created(before).stream()
            .map(name -> program.get("/api/v1/backups/" + name).json())
            .map(made -> made.get("createdBy").stringValue() + made.get("reason").stringValue())
            .toList();
    assertThat(told).containsExactlyInAnyOrder("carlBy carl at once", "doraBy dora at once");
  }

  private List<String> created(List<String> before) {
    return site.files().stream()
        .filter(name -> name.endsWith(".json.zst") && !before.contains(name))
        .toList();
  }

  @Test
  void whoConfirmsAtOnceRestoresOnce() throws Exception {
    String backup = BrowsedSite.backup(site);
    String mails = site.portal().value("SELECT count(*) FROM \"EmailLog\"");
    site.portal().execute("DELETE FROM \"EmailLog\"");
    String body =
        "{\"backup\":\"%s\",\"tables\":[\"emailLogs\"],\"mode\":\"missing\",\"withoutKey\":true}"
            .formatted(backup);
    String first = plan(body);
    String second = plan(body);
    String confirm = "{\"confirm\":\"" + site.portal().name() + "\"}";

    List<Callable<Visitor.Answer>> all = new ArrayList<>();
    for (String plan : List.of(first, first, first, second, second, second)) {
      all.add(() -> program.post("/api/v1/restores/" + plan + "/confirm", confirm));
    }
    List<Integer> statuses = atOnce(all).stream().map(Visitor.Answer::status).toList();

    assertThat(statuses).isSubsetOf(202, 409).contains(202);
    for (int plan = 0; plan < 2; plan++) {
      assertThat(Collections.frequency(statuses.subList(3 * plan, 3 * plan + 3), 202))
          .isLessThan(2);
    }
    for (String plan : List.of(first, second)) {
      Waiting.until(
          "the end of " + plan, () -> !List.of("PLANNING", "APPLYING").contains(state(plan)));
    }
    assertThat(List.of(state(first), state(second))).contains("DONE");
    assertThat(site.portal().value("SELECT count(*) FROM \"EmailLog\"")).isEqualTo(mails);
  }

  private String plan(String body) {
    return program.ended(program.post("/api/v1/restores", body)).get("subject").stringValue();
  }

  private String state(String plan) {
    return program.get("/api/v1/restores/" + plan).json().get("state").stringValue();
  }

  @Test
  void workGoesOnWhenWhoeverAskedIsGone() throws IOException {
    String reason = "Asked and gone";
    byte[] body = bytes("{\"reason\":\"" + reason + "\"}");
    URI place = URI.create(site.url());
    try (Socket socket = new Socket(InetAddress.getByName(place.getHost()), place.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          bytes(
              "POST /api/admin/comprehensive-backup HTTP/1.1\r\nHost: "
                  + place.getAuthority()
                  + "\r\nAuthorization: Bearer "
                  + program.token()
                  + "\r\nContent-Type: application/json\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n"));
      out.write(body);
      out.flush();
      Waiting.until("the job", () -> !job(reason).isEmpty());
      // The connection is reset, as when a browser is killed.
      socket.setSoLinger(true, 0);
    }
    Waiting.until("its end", () -> job(reason).equals("DONE"));
    assertThat(
            program
                .get("/api/v1/backups?q=" + Visitor.encode(reason))
                .json()
                .get("total")
                .intValue())
        .isEqualTo(1);
  }

  private String job(String reason) {
    return program
        .get("/api/v1/jobs?kind=BACKUP")
        .json()
        .get("items")
        .valueStream()
        .filter(job -> job.get("reason").stringValue().equals(reason))
        .map(job -> job.get("state").stringValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void twoHundredAtOnceAreAllAnswered() throws Exception {
    BrowsedSite.backup(site);
    Asker token = Asker.program(client, site, "token", program.token());
    Asker nobody = Asker.nobody(client, site);
    List<Callable<Visitor.Answer>> all = new ArrayList<>();
    while (all.size() < AT_ONCE) {
      for (String page :
          List.of("/admin/backup", "/admin/audit", "/admin/schedules", "/admin/settings")) {
        all.add(() -> admin.ask("GET", page));
      }
      for (String call : List.of("/api/v1/backups", "/api/v1/protection", "/api/admin/backups")) {
        all.add(() -> token.ask("GET", call));
      }
      all.add(() -> nobody.ask("GET", "/health/ready"));
      all.add(() -> nobody.ask("GET", "/sign-in"));
      all.add(() -> token.ask("GET", "/metrics"));
    }

    List<Visitor.Answer> answers = atOnce(all);

    assertThat(answers).hasSize(AT_ONCE);
    assertThat(Set.copyOf(answers.stream().map(Visitor.Answer::status).toList()))
        .containsExactly(200);
  }

  private static List<Visitor.Answer> atOnce(List<Callable<Visitor.Answer>> calls)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Visitor.Answer> answers = new ArrayList<>();
      for (Future<Visitor.Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
