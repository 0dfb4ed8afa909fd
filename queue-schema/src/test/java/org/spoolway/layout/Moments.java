package org.spoolway.layout;

import java.time.Instant;
import org.instancio.Random;
import org.instancio.junit.GivenProvider;

/** Moments that every spelling of time can say, to the nanosecond. */
final class Moments implements GivenProvider {

  private static final long LAST_OF_TEN_DIGITS = 9_999_999_999L;

  @Override
  public Instant provide(ElementContext context) {
    return of(context.random());
  }

  static Instant of(Random random) {
    long second =
        random.diceRoll(true)
            ? random.oneOf(0L, 1L, 951_782_400L, LAST_OF_TEN_DIGITS)
            : random.longRange(0, LAST_OF_TEN_DIGITS);
    int nano =
        random.diceRoll(true)
            ? random.oneOf(0, 1, 999, 1_000, 999_999, 999_999_999)
            : random.intRange(0, 999_999_999);
    return Instant.ofEpochSecond(second, nano);
  }
}
