package org.spoolway.layout;

import org.instancio.Random;
import org.instancio.junit.GivenProvider;
import org.spoolway.foreign.ForeignText;

/** Names put together from what the grammar is made of, in any order, and from anything else. */
final class NearNames implements GivenProvider {

  @Override
  public String provide(ElementContext context) {
    return of(context.random(), context.random().intRange(0, 12));
  }

  static String of(Random random, int pieces) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      name.append(piece(random));
    }
    return name.toString();
  }

  /** What may stand behind an at sign, or nearly so. */
  static String target(Random random) {
    StringBuilder target = new StringBuilder(random.oneOf("3.2.0", "0.0.1", "10.20", "v1.2.3", ""));
    for (int i = random.intRange(0, 6); i > 0; i--) {
      target.append(
          random.oneOf(".", "-", "+", "0", "7", "01", "rc", "rc.1", ".cron", "_", "@", " ", "é"));
    }
    return target.toString();
  }

  private static String piece(Random random) {
    return switch (random.intRange(0, 6)) {
      case 0 -> Spelled.any(random).text();
      case 1 -> random.digits(random.intRange(0, 21));
      case 2 -> random.oneOf("update", "check", "modules", "upgrade", "Update");
      case 3 -> target(random);
      case 4 -> random.oneOf(".json", ".tmp", ".swp", ".partial", "~", ".cron", ".JSON");
      case 5 -> ForeignText.of(random);
      default -> random.oneOf("-", ".", "@", "T", "Z", "\n");
    };
  }
}
