package org.spoolway.tests.page;

import com.microsoft.playwright.options.ColorScheme;

/**
 * How somebody looks at a page.
 *
 * @param width of the window, in pixels
 * @param scheme light or dark
 * @param locale the language that the browser asks for
 */
public record View(int width, ColorScheme scheme, String locale) {

  /** A computer's window. */
  public static final View DESK = new View(1280, ColorScheme.LIGHT, "en");

  /** A small telephone. */
  public static final View PHONE = new View(375, ColorScheme.LIGHT, "en");

  /** The same in the dark. */
  public View dark() {
    return new View(width, ColorScheme.DARK, locale);
  }

  /** The same in a language. */
  public View in(String language) {
    return new View(width, scheme, language);
  }

  /** Its parts in one word, for names of files. */
  @Override
  public String toString() {
    return width + "-" + (scheme == ColorScheme.DARK ? "dark" : "light") + "-" + locale;
  }
}
