package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a person sees, in a real browser that reaches this server and nothing else. With {@code
 * -Dcoffer.screenshots=FOLDER} it leaves a picture of every page.
 */
class BrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private final List<String> complaints = new ArrayList<>();

  @Test
  void fromTheFirstSignInToTheFirstBackupAndOnAPhone() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    try (Site site = Site.fresh();
        Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")))) {
      String state;
      String backup;
      try (BrowserContext context = context(browser, site, 1280, "light", "")) {
        Page page = page(context);
        signInForTheFirstTime(page, site);
        backup = createABackup(page, site);
        addASchedule(page, site);
        state = context.storageState();
      }
      for (String scheme : List.of("light", "dark")) {
        for (int width : List.of(360, 1280)) {
          try (BrowserContext context = context(browser, site, width, scheme, state)) {
            everyPageFits(page(context), site, backup, scheme + "-" + width);
          }
        }
      }
      assertThat(complaints).isEmpty();
    }
  }

  private static BrowserContext context(
      Browser browser, Site site, int width, String scheme, String state) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(width, 800)
            .setLocale("en-GB")
            .setTimezoneId("Europe/London");
    BrowserContext context =
        browser.newContext(state.isEmpty() ? options : options.setStorageState(state));
    context.addInitScript("localStorage.setItem('coffer-theme', '" + scheme + "')");
    context.route(url -> !url.startsWith(site.url()), Route::abort);
    return context;
  }

  /** A page whose failures are remembered: scripts, policies, requests that go elsewhere. */
  private Page page(BrowserContext context) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequestFailed(request -> {
      if (!request.failure().contains("ERR_ABORTED")) {
        complaints.add(request.url() + " " + request.failure());
      }
    });
    return page;
  }

  private static void signInForTheFirstTime(Page page, Site site) {
    page.navigate(site.url() + "/admin/backup");
    picture(page, "sign-in");
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(site.firstPassword());
    page.keyboard().press("Enter");
    page.waitForURL("**/password");
    page.getByLabel("Current password").fill(site.firstPassword());
    page.locator("#chosen").fill(Site.PASSWORD);
    page.locator("#repeated").fill(Site.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL("**/admin/backup");
    assertThat(page.locator("#protection h2").textContent()).isEqualTo("Not protected");
    assertThat(page.locator("#history").textContent()).contains("There is no backup yet");
    picture(page, "nothing-yet");
  }

  private static String createABackup(Page page, Site site) {
    // As many rows as make it take a moment: progress is to be seen.
    site.portal()
        .execute(
            "CREATE TABLE ballast AS SELECT g AS id, repeat(md5(g::text), 20) AS text"
                + " FROM generate_series(1, 150000) g; ANALYZE");
    page.getByLabel("Why do you create it?").fill("Before the <b>system</b> update");
    page.getByText("Create backup now").first().click();
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
    page.waitForSelector("#protection.coffer-verdict-green:has-text('every row matched')");
    assertThat(page.locator("#history time").first().getAttribute("title")).contains("Z)");
    page.locator("#history [data-backup] a").first().click();
    page.waitForURL("**/comprehensive-backup-*");
    assertThat(page.locator("main").textContent()).contains("ballast", "150,000", "Signed");
    return page.url();
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

  private static void everyPageFits(Page page, Site site, String backup, String what) {
    List<String> pages =
        List.of(
            site.url() + "/admin/backup",
            backup,
            site.url() + "/admin/audit?check=true",
            site.url() + "/admin/schedules",
            site.url() + "/admin/schedules/new",
            site.url() + "/admin/users",
            site.url() + "/admin/tokens",
            site.url() + "/password");
    for (String url : pages) {
      page.navigate(url);
      Object over =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(((Number) over).intValue()).as(url + " " + what).isLessThanOrEqualTo(0);
      assertThat(page.locator("html").getAttribute("data-bs-theme"))
          .isEqualTo(what.replaceAll("-.*", ""));
      String last = url.replaceAll(".*/|\\?.*", "");
      String name = url.equals(backup) ? "backup" : last.equals("backup") ? "backups" : last;
      picture(page, name + "-of-" + what);
    }
  }

  private static void picture(Page page, String name) {
    Optional.ofNullable(System.getProperty("coffer.screenshots"))
        .map(Path::of)
        .filter(Files::isDirectory)
        .ifPresent(folder ->
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setPath(folder.resolve(name + ".png"))
                    .setFullPage(true)));
  }
}
