package org.spoolway.cli.text;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.spoolway.schema.SchemaJson;
import org.spoolway.wording.Printable;

/**
 * Prints facts for programs: one JSON document, in which a terminal finds nothing to obey either.
 */
public final class Json {

  private Json() {}

  /** Prints a document. */
  public static void print(PrintStream out, Object document) {
    out.print(harmless(new String(SchemaJson.pretty(document), StandardCharsets.UTF_8)));
    out.flush();
  }

  /**
   * Outside strings JSON has no such characters but line ends, so what is escaped is in a string.
   */
  private static String harmless(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || Printable.isHarmless(c)) {
                text.appendCodePoint(c);
              } else {
                text.append(Printable.codePoint(c));
              }
            });
    return text.toString();
  }
}
