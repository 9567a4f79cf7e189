package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a backup into a table, to a record, and on to those around it. */
class BrowseBrowserTest {

  @Test
  void fromABackupToARecordAndOnToThoseAroundIt() {
    try (Site site = Site.ready();
        Browsers browsers = Browsers.launch()) {
      BrowsedSite.addTables(site);
      String backup = BrowsedSite.backup(site);
      Map<String, String> pages = new LinkedHashMap<>();
      String state;
      try (BrowserContext context = browsers.stranger(site, Browsers.Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signIn(page, site);
        page.navigate(site.url() + "/admin/backup/" + backup);
        page.getByText("sales", new Page.GetByTextOptions().setExact(true)).first().click();
        page.waitForURL("**/sales");
        pages.put("browse-table", path(page, site));
        page.getByText("Next", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**/sales?page=2");
        String name = page.locator("td[data-label=customerFirstName]").first().innerText().strip();
        String id = page.locator("tbody tr a").first().innerText().strip();
        page.getByLabel("Look for").fill(name);
        page.keyboard().press("Enter");
        page.waitForURL("**/sales?q=*");
        assertThat(page.locator("main").innerText()).contains("found", name);
        pages.put("browse-search", path(page, site));
        page.getByLabel("Look for").fill(id);
        page.getByLabel("Where").selectOption("id");
        page.getByText("Search", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**column=id**");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        page.locator("tbody tr a").first().click();
        page.waitForURL("**/sales/row?*");
        assertThat(page.locator("main").innerText()).contains(id, "locked", "It points to");
        pages.put("browse-card", path(page, site));
        assertThat(page.getByText("Restore this record").getAttribute("href"))
            .isEqualTo("/admin/restore?backup=" + backup + "&record=sales/" + id);
        page.locator("[data-related=appliances] li a").first().click();
        page.waitForURL("**/appliances/row?*");
        assertThat(page.locator("[data-column=saleId]").innerText()).contains(id);
        page.locator("[data-related=sales] li a").first().click();
        page.waitForURL("**/sales/row?*");
        assertThat(page.locator("h1").innerText()).contains(id);
        page.navigate(site.url() + "/admin/browse/" + backup + "/pair/row?key=%5B1,3%5D");
        assertThat(page.locator("[data-related=pairuse]").innerText()).contains("used again");
        state = context.storageState();
      }
      String evil = "~YS9iOzxpPmM8L2k-";
      pages.put("browse-evil", "/admin/browse/" + backup + "/" + evil);
      pages.put("browse-evil-card", "/admin/browse/" + backup + "/" + evil + "/row?at=0");
      pages.put("browse-no-key", "/admin/browse/" + backup + "/pairuse");
      pages.put("browse-missing", "/admin/browse/" + backup + "/nothing");
      String earlier = "/admin/browse/" + EarlierFile.whole(site);
      pages.put("browse-earlier", earlier + "/sales");
      pages.put("browse-earlier-card", earlier + "/sales/row?key=cm0s1");
      String cut = EarlierFile.cut(site);
      pages.put("browse-cut", "/admin/browse/" + cut);
      pages.put("browse-cut-table", "/admin/browse/" + cut + "/appliances");
      pages.put("browse-cut-backup", "/admin/backup/" + cut);
      browsers.everybodyCanUse(site, state, pages);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static String path(Page page, Site site) {
    return page.url().substring(site.url().length());
  }
}
