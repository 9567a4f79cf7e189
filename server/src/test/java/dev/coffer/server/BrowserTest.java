package dev.coffer.server;

import static dev.coffer.server.Browsers.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person sees, from the first sign-in on. */
class BrowserTest {

  @Test
  void fromTheFirstSignInToTheFirstBackupAndOnAPhone() {
    try (Site site = Site.fresh();
        Browsers browsers = Browsers.launch()) {
      String state;
      String backup;
      try (BrowserContext context = browsers.stranger(site, Browsers.Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signInForTheFirstTime(page, site);
        assertThat(page.locator("#protection h2").textContent()).isEqualTo("Not protected");
        assertThat(page.locator("#history").textContent()).contains("There is no backup yet");
        picture(page, "nothing-yet");
        backup = createABackup(page, site);
        addASchedule(page, site);
        state = context.storageState();
      }
      Map<String, String> pages = new LinkedHashMap<>();
      pages.put("backups", "/admin/backup");
      pages.put("backup", backup);
      pages.put("audit", "/admin/audit?check=true");
      pages.put("schedules", "/admin/schedules");
      pages.put("new", "/admin/schedules/new");
      pages.put("users", "/admin/users");
      pages.put("tokens", "/admin/tokens");
      pages.put("password", "/password");
      pages.put("missing", "/admin/backup/no-such-backup");
      browsers.everybodyCanUse(site, state, pages);
      browsers.everybodyCanUse(site, "", Map.of("sign-in", "/sign-in"));
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static String createABackup(Page page, Site site) {
    // As many rows as make it take a moment: progress is to be seen.
    site.portal()
        .execute(
            "CREATE TABLE ballast AS SELECT g AS id, repeat(md5(g::text), 20) AS text"
                + " FROM generate_series(1, 150000) g; ANALYZE");
    page.getByLabel("Why do you create it?").fill("Before the <b>system</b> update");
    page.getByText("Create backup now").first().click();
    page.waitForSelector("#history [data-attempt=RUNNING]");
    page.waitForSelector("#work [data-job=RUNNING]");
    page.waitForSelector("#work progress[value]");
    picture(page, "creating");
    page.waitForSelector("#work [data-job=DONE]");
    page.waitForSelector("#history [data-backup]");
    assertThat(page.locator("#work").textContent()).contains("records");
    assertThat(page.locator("#history").textContent()).contains("Before the <b>system</b> update");
    page.waitForSelector("#work [data-job=RUNNING]:has-text('Restoring on trial')");
    picture(page, "proving");
    page.waitForSelector("#history :text-is('Proven')");
    page.waitForSelector("#protection.coffer-verdict-green:has-text('every record matched')");
    assertThat(page.locator("#history time").first().getAttribute("title")).contains("Z)");
    page.locator("#history [data-backup] a").first().click();
    page.waitForURL("**/comprehensive-backup-*");
    assertThat(page.locator("main").textContent()).contains("ballast", "150,000", "Signed");
    return page.url().substring(site.url().length());
  }

  private static void addASchedule(Page page, Site site) {
    page.navigate(site.url() + "/admin/schedules");
    page.getByText("Add a schedule").first().click();
    page.waitForURL("**/schedules/new");
    page.getByLabel("Name").fill("Nightly");
    page.getByLabel("When").fill("30 1 * * MON-FRI");
    page.waitForSelector("#preview:has-text('Every weekday (Monday to Friday) at 01:30')");
    page.getByLabel("Time zone").selectOption("Europe/London");
    page.waitForSelector("#preview:has-text('Europe/London')");
    page.getByLabel("Why are these backups made?").fill("Nightly backup");
    page.getByText("Save the schedule").click();
    page.waitForSelector("[data-schedule=Nightly]");
    page.getByLabel("The newest").fill("0");
    page.waitForSelector("#retention:has-text('has to be from 1')");
    page.getByLabel("The newest").fill("3");
    page.waitForSelector("#retention:has-text('nothing would be deleted now')");
  }
}
