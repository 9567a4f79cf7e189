package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.coffer.testkit.Waiting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A customer is gone: when, and what was it? As a person finds out. */
class CompareBrowserTest {

  @Test
  void fromABackupToTheRecordThatIsMissing() {
    try (Site site = Site.ready();
        Browsers browsers = Browsers.launch()) {
      // As many rows as make it take a moment: progress is to be seen.
      site.portal()
          .execute(
              "CREATE TABLE ballast AS SELECT g AS id, repeat(md5(g::text), 20) AS text"
                  + " FROM generate_series(1, 60000) g; ANALYZE");
      site.admin().post("/admin/backup", Map.of("reason", "Nightly backup"));
      Waiting.until("a backup", () -> names(site).size() == 1);
      site.portal()
          .execute(
              """
              UPDATE sales SET "accountNumber" = '31415926', "customerLastName" = 'Newname',
                notes = 'Called on Monday; wants the boiler cover from next month on.'
              WHERE id = (SELECT max(id) FROM sales);
              UPDATE users SET email = 'new.' || email WHERE id = (SELECT min(id) FROM users);
              DELETE FROM sales WHERE id IN (SELECT id FROM sales s WHERE NOT EXISTS
                (SELECT 1 FROM "LeadToSaleLink" l WHERE l.sale_id = s.id) ORDER BY id LIMIT 2);
              ALTER TABLE users ADD COLUMN nickname text\
              """);
      String backup = names(site).getFirst();
      try (BrowserContext context = browsers.stranger(site, Browsers.Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signIn(page, site);
        String result = compare(page, site, backup);
        String records = lookAtRecords(page);
        // Another that says that nothing differs, and one that fails.
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("compare", "/admin/compare?backup=" + backup);
        pages.put("comparison", result.substring(site.url().length()));
        pages.put("comparison-records", records.substring(site.url().length()));
        pages.put("comparison-removed", pages.get("comparison-records") + "&kind=removed");
        pages.put("comparison-failed", failed(page, site, backup).substring(site.url().length()));
        browsers.everybodyCanUse(site, context.storageState(), pages);
      }
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static List<String> names(Site site) {
    return site.files().stream().filter(name -> name.endsWith(".json.zst")).toList();
  }

  private static String compare(Page page, Site site, String backup) {
    page.navigate(site.url() + "/admin/backup/" + backup);
    page.getByText("Compare with the database now").click();
    page.waitForURL("**/admin/compare/*");
    page.waitForSelector("#progress progress");
    Browsers.picture(page, "comparing");
    page.waitForSelector("#summary");
    assertThat(page.locator("#summary").textContent())
        .contains("2 customers deleted", "1 customer changed");
    assertThat(page.locator("main").textContent()).contains("Since", "Then", "Now", "nickname");
    assertThat(page.locator("[data-weekday]").first().textContent())
        .containsPattern("^[A-Z]\\w+day");
    return page.url();
  }

  private static String lookAtRecords(Page page) {
    page.locator("[data-table=sales] a").first().click();
    page.waitForURL("**/records?table=sales");
    String all = page.url();
    page.getByLabel("How they differ").selectOption("changed");
    page.waitForSelector("#records:not(:has([data-change=REMOVED])) ins:text-is('Newname')");
    page.getByLabel("How they differ").selectOption("removed");
    page.waitForSelector("#records:not(:has([data-change=CHANGED])) [data-change=REMOVED]");
    String id = page.locator("[data-change=REMOVED] .coffer-hash").first().textContent();
    page.getByLabel("Search by id").fill(id);
    page.waitForSelector("#records:has-text('1 record')");
    assertThat(page.locator("[data-change]").count()).isEqualTo(1);
    page.getByText("What it was").first().click();
    assertThat(page.locator("#records").textContent()).contains("customerFirstName", "locked");
    assertThat(page.getByText("Restore this record").first().getAttribute("href"))
        .contains("record=sales/" + id);
    Browsers.picture(page, "comparison-search");
    page.getByLabel("Search by id").fill("nobody");
    page.waitForSelector("#records:has-text('No record fits')");
    return all;
  }

  private static String failed(Page page, Site site, String backup) {
    site.portal().close();
    page.navigate(site.url() + "/admin/compare?backup=" + backup);
    page.locator("main button:text-is('Compare')").click();
    page.waitForURL("**/admin/compare/*-*");
    page.waitForSelector("#problem");
    assertThat(page.locator("main").textContent()).contains("There is no result", "Compare again");
    return page.url();
  }
}
