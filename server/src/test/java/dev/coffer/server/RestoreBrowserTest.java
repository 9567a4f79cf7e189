package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.coffer.server.Browsers.Look;
import dev.coffer.testkit.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A customer is deleted in the portal, and an admin brings them back, and takes that back. */
class RestoreBrowserTest {

  @Test
  void bringsADeletedCustomerBackAndUndoesIt() {
    try (Site site = Site.ready();
        Browsers browsers = Browsers.launch()) {
      String backup = backUp(site);
      String gone =
          site.portal()
              .value(
                  "SELECT s.id FROM sales s WHERE EXISTS (SELECT FROM appliances a WHERE"
                      + " a.\"saleId\" = s.id) AND EXISTS (SELECT FROM sms_logs m WHERE m.\"saleId\""
                      + " = s.id) ORDER BY s.id LIMIT 1");
      String email = site.portal().value("SELECT email FROM sales WHERE id = '" + gone + "'");
      String count = "SELECT count(*) FROM sales WHERE id = '" + gone + "'";
      String appliances = "SELECT count(*) FROM appliances WHERE \"saleId\" = '" + gone + "'";
      String had = site.portal().value(appliances);
      delete(site, gone);
      Map<String, String> pages = new LinkedHashMap<>();
      String state;
      try (BrowserContext context = browsers.stranger(site, Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signIn(page, site);
        page.navigate(site.url() + "/admin/backup/" + backup);
        page.getByText("Restore…").click();
        page.waitForURL("**/admin/restore?backup=*");
        page.getByText("One customer or record").click();
        page.getByLabel("by e-mail address").fill(email.toUpperCase(java.util.Locale.ROOT));
        page.getByText("Search the backup").click();
        page.waitForSelector("#order");
        assertThat(page.locator("#order").textContent()).contains("sales/" + gone);
        pages.put("restore-what", path(page, site));
        if (page.locator("#order input[name=record]").count() > 1) {
          page.locator("#order input[value='sales/" + gone + "']").check();
        }
        page.locator("input[name=key][value=server]").check();
        page.locator("#show-plan").click();
        page.waitForSelector("#state[data-state=PLANNED]");
        pages.put("restore-plan", path(page, site));
        assertThat(page.locator("#sentence").textContent())
            .contains("1 customer", "come back", "nothing is deleted");
        assertThat(page.locator("#tree").textContent()).contains("customer", "comes back");
        pictures(browsers, site, context.storageState(), pages);
        page.locator("#confirm").fill("something else");
        page.locator("#do-it").click();
        page.waitForSelector("text=That is not the database's name");
        Browsers.picture(page, "restore-wrong-name");
        assertThat(site.portal().value(count)).isEqualTo("0");
        page.locator("#confirm").fill(site.portal().name());
        page.locator("#do-it").click();
        page.waitForSelector("#state[data-state=DONE] #result");
        assertThat(site.portal().value(count)).isEqualTo("1");
        assertThat(site.portal().value(appliances)).isEqualTo(had);
        whatWasDoneCanBeReadOnANarrowScreen(browsers, context, site);
        state = context.storageState();
        pages.clear();
        pages.put("restore-result", path(page, site));
        page.locator("#undo").click();
        page.waitForURL("**/admin/restores/R-*");
        pages.put("restore-past", path(page, site));
        pictures(browsers, site, state, pages);
        page.locator("input[name=key][value=server]").check();
        page.locator("#plan-undo").click();
        page.waitForSelector("#state[data-state=PLANNED]");
        assertThat(page.locator("#sentence .coffer-deleted").textContent())
            .contains("1 customer", "deleted");
        pages.clear();
        pages.put("restore-undo-plan", path(page, site));
        pictures(browsers, site, state, pages);
        page.locator("#confirm").fill(site.portal().name());
        page.locator("#do-it").click();
        page.waitForSelector("#state[data-state=DONE] #result:has-text('Undone')");
        assertThat(site.portal().value(count)).isEqualTo("0");
        pages.clear();
        pages.put("restores", "/admin/restores");
        pages.put("restore-choose", "/admin/restore");
        pages.put("restore-everything", "/admin/restore?what=everything&backup=" + backup);
        pages.put("restore-tables", "/admin/restore?what=tables&backup=" + backup);
        pages.put("restore-gone", "/admin/restore/plan/none");
        pages.put("restore-exact", exactPlan(page, site, backup));
        pictures(browsers, site, state, pages);
      }
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static void whatWasDoneCanBeReadOnANarrowScreen(
      Browsers browsers, BrowserContext context, Site site) {
    Page page = browsers.page(context);
    page.setViewportSize(360, 800);
    page.navigate(site.url() + "/admin/backup");
    page.waitForSelector("#work .badge:has-text('(only what is gone): done')");
    Browsers.picture(page, "restore-done-narrow");
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('#work .badge')]"
                    + ".every(badge => badge.scrollWidth <= badge.clientWidth)"))
        .as("no badge is cut off")
        .isEqualTo(true);
    page.setViewportSize(1000, 800);
    Object kind =
        page.evaluate(
            "() => { const cells = document.querySelectorAll('#history tr[data-backup]"
                + " td.coffer-wrap'); cells[0].firstElementChild.textContent = 'x'.repeat(500);"
                + " return cells[1].clientWidth; }");
    assertThat(((Number) kind).intValue())
        .as("beside a long word, the width of the kind in pixels")
        .isGreaterThan(100);
    page.close();
  }

  /** A plan that deletes, changes and brings back, without the key. */
  private static String exactPlan(Page page, Site site, String backup) {
    site.portal()
        .execute(
            "INSERT INTO users (id, email, password, role, \"createdAt\", \"updatedAt\") VALUES"
                + " ('u-late', 'late@portal.example', 'p', 'AGENT', now(), now())");
    site.portal()
        .execute(
            "UPDATE sales SET notes = '<script>alert(1)</script>', email = 'changed@mail.example'"
                + " WHERE id = (SELECT max(id) FROM sales)");
    page.navigate(site.url() + "/admin/restore?what=everything&backup=" + backup);
    page.locator("input[name=mode][value=exact]").check();
    page.locator("input[name=key][value=without]").check();
    page.locator("#show-plan").click();
    page.waitForSelector("#state[data-state=PLANNED]");
    assertThat(page.locator("#sentence").textContent()).contains("1 user is deleted");
    assertThat(page.locator("main").textContent()).contains("<script>alert(1)</script>");
    return path(page, site);
  }

  private static void pictures(
      Browsers browsers, Site site, String state, Map<String, String> pages) {
    browsers.everybodyCanUse(site, state, pages);
  }

  private static String path(Page page, Site site) {
    return page.url().substring(site.url().length());
  }

  private static String backUp(Site site) {
    site.admin().post("/admin/backup", Map.of("reason", "Before the accident"));
    List<String> names = new ArrayList<>();
    Waiting.until(
        "the backup",
        () -> {
          names.clear();
          site.files().stream()
              .filter(name -> name.matches("comprehensive-backup-.*\\.json\\.zst"))
              .forEach(names::add);
          return !names.isEmpty()
              && !site.admin().get("/admin/work").body().contains("data-job=\"RUNNING\"");
        });
    return names.getFirst();
  }

  private static void delete(Site site, String customer) {
    site.portal().execute("DELETE FROM \"LeadToSaleLink\" WHERE sale_id = '" + customer + "'");
    site.portal().execute("DELETE FROM \"EmailLog\" WHERE \"saleId\" = '" + customer + "'");
    site.portal().execute("DELETE FROM \"CommunicationLog\" WHERE \"saleId\" = '" + customer + "'");
    site.portal().execute("DELETE FROM sales WHERE id = '" + customer + "'");
  }
}
