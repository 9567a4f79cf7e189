package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the pages tell of how things went: failures, changes since the backup before, and trends.
 */
class OverviewTest {
  private static final int COPIES = 150;

  private static String create(Site site, String reason) {
    List<String> before = site.files();
    site.admin().post("/admin/backup", Map.of("reason", reason));
    Waiting.until("a backup for " + reason, () -> created(site, before).size() == 1 && site.idle());
    return created(site, before).getFirst();
  }

  private static List<String> created(Site site, List<String> before) {
    return site.files().stream()
        .filter(name -> name.endsWith(".json.zst") && !before.contains(name))
        .toList();
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void tellsChangesTrendsAndFailures() throws IOException {
    try (Site site = Site.ready()) {
      assertThat(site.admin().get("/admin/backup").body()).doesNotContain("/admin/backup-trends");
      String first = create(site, "The first");
      assertThat(site.admin().get("/admin/backup/" + first).body())
          .contains("There is no backup of this kind before it");
      site.portal()
          .execute(
              "CREATE TABLE extra AS SELECT generate_series(1, 1200) AS id;"
                  + " DELETE FROM \"EmailLog\"");
      String second = create(site, "The second");

      theChangeIsShown(site.admin(), first, second);
      theTrendIsShown(site.admin());
      theTrendIsSampled(site, second);
      anAttemptThatFailsStaysInTheList(site);
      theTrailIsComplete(site, first);
    }
  }

  private static void theChangeIsShown(Visitor admin, String first, String second) {
    String page = admin.get("/admin/backup/" + second).body();

    assertThat(page)
        .contains("/admin/backup/" + first, "the backup before", "The second")
        .containsPattern(
            "extra(?:</a>)?\\s*</td>\\s*<td[^>]*>1,200</td>\\s*<td[^>]*><span[^>]*>new<")
        .containsPattern(
            "emailLogs(?:</a>)?\\s*</td>\\s*<td[^>]*>0</td>\\s*<td[^>]*><span[^>]*>\u2212\\d+<")
        .containsPattern("\\+1,1\\d\\d records");
  }

  private static void theTrendIsShown(Visitor admin) {
    assertThat(admin.get("/admin/backup").body()).contains("/admin/backup-trends");
    String part = admin.get("/admin/backup-trends", "HX-Request", "true").body();
    assertThat(part).doesNotContain("<html").contains("data-charts=\"yes\"", "Show as table");
    assertThat(count(part, "data-at=")).isEqualTo(2);
    assertThat(part).contains("SMS sent", "E-mails arrived").containsPattern("data-value=\"9\\d");
    assertThat(admin.get("/admin/backup-trends").body()).contains("<html", "data-charts=\"yes\"");

    String library = admin.get("/assets/echarts.common.min.js").body();
    assertThat(library).contains("Licensed to the Apache Software Foundation");
  }

  /** Of many backups so many are shown as one can tell apart, with the first and the last. */
  private static void theTrendIsSampled(Site site, String name) throws IOException {
    Path backup = site.backups().resolve("comprehensive").resolve(name);
    for (int copy = 0; copy < COPIES; copy++) {
      String stamp =
          String.format(Locale.ROOT, "2025-01-01T00-%02d-%02d-000Z", copy / 60, copy % 60);
      Files.createLink(
          backup.resolveSibling("comprehensive-backup-" + stamp + ".json.zst"), backup);
    }

    String part = site.admin().get("/admin/backup-trends", "HX-Request", "true").body();

    assertThat(count(part, "data-at=")).isEqualTo(100);
    assertThat(part).contains("picked evenly out of <span>" + (COPIES + 2) + "</span>");
    for (String file : site.files()) {
      if (file.contains("2025-01-01")) {
        Files.delete(backup.resolveSibling(file));
      }
    }
  }

  private static void anAttemptThatFailsStaysInTheList(Site site) {
    site.portal().close();
    Visitor admin = site.admin();
    admin.post("/admin/backup", Map.of("reason", "This one <b>fails</b>"));
    Waiting.until(
        "the failure",
        () -> admin.get("/admin/backup-list").body().contains("data-attempt=\"FAILED\""));

    assertThat(admin.get("/admin/backup-list").body())
        .contains("This one &lt;b&gt;fails", "2 backups", "1 attempt</span> that failed");
    assertThat(admin.get("/admin/backup-list?state=FAILED").body())
        .contains("data-attempt=\"FAILED\"", "0 backups")
        .doesNotContain("data-backup=");
    assertThat(admin.get("/admin/backup-list?state=RUNNING").body()).contains("No backup fits");
    assertThat(admin.get("/admin/backup-list?kind=sales").body()).contains("No backup fits");
    assertThat(admin.get("/admin/backup-list?q=this+one").body()).contains("data-attempt");
    assertThat(admin.get("/admin/backup-list?state=PROVEN").body()).doesNotContain("data-attempt");
  }

  private static void theTrailIsComplete(Site site, String name) {
    Visitor admin = site.admin();
    String page = "/admin/backup/" + name;
    assertThat(admin.get(page).body()).contains("“The first”", "Backup restored on trial");
    for (int round = 0; round < 5; round++) {
      admin.post(page + "/keep", Map.of("keep", "true"));
      admin.post(page + "/keep", Map.of("keep", "false"));
    }

    assertThat(admin.get(page).body()).contains("page <span>1</span> of <span>2</span>");
    assertThat(admin.get(page).body()).doesNotContain("“The first”");
    assertThat(admin.get(page + "/trail?trail=2").body())
        .contains("“The first”", "Backup created")
        .doesNotContain("<html");
    assertThat(admin.get(page + "?trail=2").body()).contains("“The first”");
  }
}
