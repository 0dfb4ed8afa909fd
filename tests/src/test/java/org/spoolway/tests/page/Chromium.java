package org.spoolway.tests.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.spoolway.tests.Program;
import org.spoolway.tests.Readme;

/**
 * A real Chromium without a window, one for a test class. Each page that a test opens is somebody
 * else's, with cookies of their own, and is closed at the end of the test; of a failed test there
 * are screenshots. Where no Chromium is installed the class is skipped.
 */
public final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final Path SCREENSHOTS = Readme.PROJECT.resolve("tests/target/screenshots");
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int HEIGHT = 800;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    Path program = Program.found("chromium", "chromium-browser").orElseGet(Chromium::skip);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setTimeout(PATIENCE_MILLIS)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  private static Path skip() {
    System.out.println("skipped: no browser: chromium is not installed");
    return Assumptions.abort("no browser: chromium is not installed");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      String test = context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName();
      open().forEach(page -> screenshot(page, "failed-" + test.replaceAll("[^A-Za-z0-9-]+", "-")));
    }
    contexts.forEach(BrowserContext::close);
    contexts.clear();
  }

  private List<Page> open() {
    return contexts.stream().flatMap(context -> context.pages().stream()).toList();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  /** A page of somebody who has not been here before. */
  public Page open(View view) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(view.width(), HEIGHT)
                .setColorScheme(view.scheme())
                .setLocale(view.locale()));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    contexts.add(context);
    return context.newPage();
  }

  /** Takes a picture of the whole page, which {@code tests/target/screenshots} has by this name. */
  public void screenshot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
