package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A real browser that reaches one server and nothing else, and what every test asks of a page: that
 * nothing fails in it, that it fits its width, and that everybody can use it. With {@code
 * -Dcoffer.screenshots=FOLDER} it leaves pictures.
 */
final class Browsers implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Browsers(Playwright playwright) {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** How a page is looked at: a theme of {@code light} and {@code dark}, and a width in pixels. */
  record Look(String theme, int width) {
    static final Look USUAL = new Look("light", 1280);
    static final List<Look> ALL =
        List.of(new Look("light", 360), USUAL, new Look("dark", 360), new Look("dark", 1280));

    /**
     * Whether axe is asked: both themes and both widths once, which half of the looks have between
     * them; where pictures are made, and time matters less, of all.
     */
    boolean asksAxe() {
      return theme.equals("light") == (width < USUAL.width) || pictures().isPresent();
    }

    @Override
    public String toString() {
      return theme + "-" + width;
    }
  }

  static Browsers launch() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return new Browsers(Playwright.create(new Playwright.CreateOptions().setEnv(environment)));
  }

  /** A visitor nobody knows yet. */
  BrowserContext stranger(Site site, Look look) {
    return known(site, look, "");
  }

  /** A visitor with the cookies of another: see {@link BrowserContext#storageState()}. */
  BrowserContext known(Site site, Look look, String state) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(look.width(), 800)
            .setLocale("en-GB")
            .setTimezoneId("Europe/London");
    BrowserContext context =
        browser.newContext(state.isEmpty() ? options : options.setStorageState(state));
    context.addInitScript("localStorage.setItem('coffer-theme', '" + look.theme() + "')");
    context.route(url -> !url.startsWith(site.url()), Route::abort);
    return context;
  }

  /** A page whose failures are remembered: scripts, policies, requests that go elsewhere. */
  Page page(BrowserContext context) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      boolean bad = message.type().equals("error") || message.type().equals("warning");
      // Chromium says so of pages too that are meant to be refused; responses tell the others.
      if (bad && !message.text().startsWith("Failed to load resource")) {
        complaints.add(message.text());
      }
    });
    page.onResponse(response -> {
      if (response.status() >= 400 && !response.request().isNavigationRequest()) {
        complaints.add(response.url() + " " + response.status());
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

  /** What went wrong in any page so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Signs the admin of {@link Site#ready()} in. */
  static void signIn(Page page, Site site) {
    page.navigate(site.url() + "/admin/backup");
    enter(page, Site.PASSWORD);
    page.waitForURL("**/admin/backup*");
  }

  /** Signs the admin of {@link Site#fresh()} in, who has to choose a password. */
  static void signInForTheFirstTime(Page page, Site site) {
    page.navigate(site.url() + "/admin/backup");
    picture(page, "sign-in");
    enter(page, site.firstPassword());
    page.waitForURL("**/password");
    page.getByLabel("Current password").fill(site.firstPassword());
    page.locator("#chosen").fill(Site.PASSWORD);
    page.locator("#repeated").fill(Site.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL("**/admin/backup");
  }

  private static void enter(Page page, String password) {
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(password);
    page.keyboard().press("Enter");
  }

  /**
   * Opens pages in every {@link Look}, and asks of each what {@link #everybodyCanUse(Page, String)}
   * asks, of axe {@linkplain Look#asksAxe as far as needed}.
   *
   * @param state the cookies of somebody who may see them
   * @param pages the paths, by the names of their pictures
   */
  void everybodyCanUse(Site site, String state, Map<String, String> pages) {
    List<String> objections = new ArrayList<>();
    for (Look look : Look.ALL) {
      try (BrowserContext context = known(site, look, state)) {
        Page page = page(context);
        pages.forEach((name, path) -> {
          page.navigate(site.url() + path);
          assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo(look.theme());
          picture(page, name + "-of-" + look);
          objections.addAll(tooWide(page, name + " " + look));
          if (look.asksAxe()) {
            objections.addAll(grave(page, name + " " + look));
          }
        });
      }
    }
    assertThat(objections).isEmpty();
  }

  /** Asserts that a page fits its width, and that axe finds nothing serious in it. */
  static void everybodyCanUse(Page page, String what) {
    assertThat(tooWide(page, what)).isEmpty();
    assertThat(grave(page, what)).isEmpty();
  }

  private static List<String> tooWide(Page page, String what) {
    Object over =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) over).intValue() > 0
        ? List.of(what + " is too wide by " + over + " pixels")
        : List.of();
  }

  // The policy that forbids a page foreign scripts does not bind the browser's own tools, so axe
  // needs no gap in it.
  private static List<String> grave(Page page, String what) {
    return new AxeBuilder(page)
        .setLegacyMode(true).analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(rule -> what + ": " + words(rule))
            .toList();
  }

  private static String words(Rule rule) {
    return rule.getId()
        + " ("
        + rule.getHelp()
        + "): "
        + rule.getNodes().stream()
            .map((CheckedNode node) -> node.getHtml() + " " + node.getFailureSummary())
            .collect(Collectors.joining("\n"));
  }

  private static Optional<Path> pictures() {
    return Optional.ofNullable(System.getProperty("coffer.screenshots"))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  /** Leaves a picture of the whole page, where pictures are wanted. */
  static void picture(Page page, String name) {
    pictures()
        .ifPresent(folder ->
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setPath(folder.resolve(name + ".png"))
                    .setFullPage(true)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
