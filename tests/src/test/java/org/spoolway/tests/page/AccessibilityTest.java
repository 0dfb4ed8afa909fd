package org.spoolway.tests.page;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of each page is really asked, whatever the page forbids. */
class AccessibilityTest {

  @RegisterExtension static final Chromium CHROMIUM = new Chromium();

  private static Page page(String body) {
    Page page = CHROMIUM.open(View.DESK);
    String html = "<!doctype html><html lang=en><title>A page</title><main>" + body + "</main>";
    page.route(
        "**/*",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setHeaders(Map.of("Content-Security-Policy", "default-src 'self'"))
                    .setBody(html)));
    page.navigate("http://127.0.0.1/");
    return page;
  }

  @Test
  void namesRuleAndElementOfWhatIsWrong() {
    Page page = page("<h1>A form</h1><form><input id=word></form>");

    AssertionError wrong = assertThrows(AssertionError.class, () -> Accessibility.check(page));

    assertTrue(wrong.getMessage().contains("critical label: "), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("#word: Fix any of"), wrong.getMessage());
  }

  @Test
  void takesNoOffenceAtAGoodPage() {
    Accessibility.check(page("<h1>A form</h1><form><label>Word <input></label></form>"));
  }
}
