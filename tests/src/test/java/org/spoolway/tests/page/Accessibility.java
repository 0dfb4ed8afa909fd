package org.spoolway.tests.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Whether everybody can use a page, as far as axe-core can tell. */
public final class Accessibility {

  private static final String SCRIPT = script();

  private static final String FOUND =
      """
      () => axe.run().then((result) => result.violations
        .filter((violation) => ['serious', 'critical'].includes(violation.impact))
        .map(({ impact, id, help, helpUrl, nodes }) => `${impact} ${id}: ${help}, see ${helpUrl}` +
          nodes.map((node) => `\\n  ${node.target.join(' ')}: ${node.failureSummary}`).join(''))
        .join('\\n'))
      """;

  private Accessibility() {}

  private static String script() {
    try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails when something serious or critical is wrong: which rule, where, and what helps. */
  public static void check(Page page) {
    page.evaluate(SCRIPT); // not as a script of the page's, which its own policy may forbid
    assertEquals("", page.evaluate(FOUND), page.url());
  }
}
