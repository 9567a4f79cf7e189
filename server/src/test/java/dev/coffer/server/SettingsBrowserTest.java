package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of settings as people see it, of a role that lacks nearly everything. */
class SettingsBrowserTest {

  @Test
  void everybodyCanReadWhatIsMissingAndTestTheKey() {
    String role = TestDatabase.uniqueName("keeper");
    try (Site site = Site.ready();
        Browsers browsers = Browsers.launch()) {
      assertThat(KeyHome.at(site.home()).generate().created()).isNotEmpty();
      TestDatabase portal = site.portal();
      portal.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
      site.restartProtecting(portal.url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
      String state;
      Map<String, String> pages = new LinkedHashMap<>();
      pages.put("settings", "/admin/settings");
      try (BrowserContext context = browsers.stranger(site, Browsers.Look.USUAL)) {
        Page page = browsers.page(context);
        Browsers.signIn(page, site);
        page.navigate(site.url() + "/admin/settings");
        page.waitForSelector("[data-lacks=restore] pre");
        assertThat(page.locator("[data-lacks=backup]").textContent()).contains("are missing");
        page.getByText("Test this key").first().click();
        page.waitForURL("**/key-test/*");
        pages.put("key-test", page.url().substring(site.url().length()));
        page.getByLabel("The line of letters and digits").fill("abcde");
        page.keyboard().press("Enter");
        page.waitForSelector("[role=alert]:has-text('That is not the answer')");
        state = context.storageState();
      }
      browsers.everybodyCanUse(site, state, pages);
      assertThat(browsers.complaints()).isEmpty();
      portal.execute("DROP ROLE " + role);
    }
  }
}
