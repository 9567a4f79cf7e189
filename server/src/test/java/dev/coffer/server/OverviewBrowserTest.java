package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.coffer.portal.sample.SampleBusiness;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The charts, and the change since the backup before, in a browser. */
class OverviewBrowserTest {

  @Test
  void showsHowTheBusinessGrew() throws IOException {
    try (Site site = Site.ready();
        Browsers browsers = Browsers.launch()) {
      makeHistory(site);
      keepOrder(site);
      String state;
      try (BrowserContext context = browsers.stranger(site, Browsers.Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signIn(page, site);
        state = context.storageState();
      }
      for (Browsers.Look look : Browsers.Look.ALL) {
        try (BrowserContext context = browsers.known(site, look, state)) {
          Page page = browsers.page(context);
          theChartsAreDrawn(page, site);
          Browsers.picture(page, "overview-of-" + look);
          page.locator("#trends canvas").first().hover();
          Browsers.everybodyCanUse(page, "overview " + look);
          theFiguresAreThereAsATable(page);
          Browsers.everybodyCanUse(page, "figures " + look);
          theChangeSinceTheOneBefore(page);
          Browsers.picture(page, "change-of-" + look);
        }
      }
      theChartsFollowTheTheme(browsers, site, state);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /** Four backups with business in between. */
  private static void makeHistory(Site site) {
    DataSource portal =
        ConnectionSettings.resolve(Optional.of(site.portal().url()), Map.of(), site.home())
            .dataSource("test");
    List<String> reasons =
        List.of(
            "First backup of the portal",
            "After the move to new prices",
            "Before the newsletter",
            "Before the system update");
    for (int day = 0; day < reasons.size(); day++) {
      if (day > 0) {
        SampleBusiness.goOn(portal, day);
      }
      int wanted = day + 1;
      site.admin().post("/admin/backup", Map.of("reason", reasons.get(day)));
      Waiting.until("a proven backup", () -> proven(site) == wanted);
    }
  }

  /** As an admin should: a schedule, and the key away from the server. */
  private static void keepOrder(Site site) throws IOException {
    site.admin()
        .post(
            "/admin/schedules",
            Map.of(
                "name", "Nightly",
                "cron", "0 2 * * *",
                "zone", "Europe/London",
                "kind", "comprehensive",
                "reason", "Nightly backup"));
    Files.delete(site.home().resolve("keys/identity.txt"));
  }

  private static long proven(Site site) {
    return site.files().stream().filter(name -> name.endsWith(".proof.json")).count();
  }

  private static void theChartsAreDrawn(Page page, Site site) {
    page.navigate(site.url() + "/admin/backup");
    assertThat(page.locator("script[src*=echarts]").count()).as("only when it is needed").isZero();
    page.locator("#trends").scrollIntoViewIfNeeded();
    page.waitForSelector("#trends[data-charts=drawn]");
    Locator charts = page.locator("#trends canvas");
    assertThat(charts.count()).isEqualTo(3);
    for (int chart = 0; chart < 3; chart++) {
      assertThat(colours(charts.nth(chart))).as("something is drawn").isGreaterThan(3);
    }
    theSizeBeginsAtNothingAndNoColourComesTwice(page);
  }

  /** A curve that begins elsewhere than at nothing looks steeper than it is. */
  private static void theSizeBeginsAtNothingAndNoColourComesTwice(Page page) {
    Object wrong =
        page.evaluate(
            """
            () => [...document.querySelectorAll('#trends figure:not([hidden])')].flatMap(figure => {
              const drawn = echarts.getInstanceByDom(figure.querySelector('[role=img]')).getOption();
              const kind = figure.dataset.chart;
              const colours = new Set(drawn.color);
              const wrong = [];
              if (kind !== 'percent' && drawn.yAxis[0].min !== 0) wrong.push(kind + ' begins elsewhere');
              if (colours.size < 8 || colours.size !== drawn.color.length) wrong.push('colours repeat');
              if (drawn.series.length > colours.size) wrong.push(kind + ' has too many curves');
              return wrong;
            })\
            """);
    assertThat((List<?>) wrong).isEmpty();
  }

  /** How many colours there are on a canvas. */
  private static int colours(Locator canvas) {
    Object count =
        canvas.evaluate(
            """
            canvas => {
              const data = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data;
              const seen = new Set();
              for (let at = 0; at < data.length; at += 4) {
                seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
              }
              return seen.size;
            }\
            """);
    return ((Number) count).intValue();
  }

  private static void theFiguresAreThereAsATable(Page page) {
    page.getByText("Show as table").click();
    assertThat(page.locator("#trends tbody tr").count()).isEqualTo(4);
    assertThat(page.locator("#trends thead").textContent()).contains("SMS sent", "Size");
  }

  private static void theChangeSinceTheOneBefore(Page page) {
    page.locator("#history [data-backup] a").first().click();
    page.waitForURL("**/comprehensive-backup-*");
    assertThat(page.locator("main").textContent()).contains("the backup before", "Change", "+");
  }

  private static void theChartsFollowTheTheme(Browsers browsers, Site site, String state) {
    try (BrowserContext context = browsers.known(site, Browsers.Look.USUAL, state)) {
      Page page = browsers.page(context);
      theChartsAreDrawn(page, site);
      Object light = page.locator("#trends canvas").first().evaluate("it => it.toDataURL()");
      page.getByLabel("Switch between light and dark").click();
      page.waitForFunction(
          "before => document.querySelector('#trends canvas').toDataURL() !== before", light);
      assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
    }
  }
}
