package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds of the order of any requests. */
@ExtendWith(InstancioExtension.class)
class AnyOrderTest {

  private static final int SAMPLES = 300;

  /** The contract's words, said once more: bytes as pairs of digits compare as unsigned. */
  private static final Comparator<OrderKey> AS_THE_CONTRACT_SAYS =
      Comparator.comparing(OrderKey::time)
          .thenComparing(
              key -> HexFormat.of().formatHex(key.name().getBytes(StandardCharsets.UTF_8)));

  /**
   * Few times and names that share their beginnings, so that ties are usual; some characters come
   * in another order in UTF-16 than in UTF-8.
   */
  static final class Keys implements GivenProvider {
    @Override
    public OrderKey provide(ElementContext context) {
      StringBuilder name = new StringBuilder(context.random().oneOf("", "1795224895-"));
      for (int i = context.random().intRange(0, 3); i > 0; i--) {
        name.append(
            context.random().oneOf("a", "b", "A", "~", "\u007f", "\u0080", "é", "\uffff", "😀"));
      }
      Instant time = Instant.ofEpochSecond(0, context.random().oneOf(0, 1, 999_999_999));
      return new OrderKey(time, name.toString());
    }
  }

  @Test
  void theOrderIsByTimeAndThenByTheBytesOfTheName(@Given(Keys.class) Stream<OrderKey> some) {
    List<OrderKey> keys = some.limit(SAMPLES).toList();
    for (OrderKey a : keys) {
      for (OrderKey b : keys) {
        assertEquals(
            Integer.signum(AS_THE_CONTRACT_SAYS.compare(a, b)),
            Integer.signum(a.compareTo(b)),
            () -> a + " and " + b);
      }
    }
  }

  @Test
  void theOrderIsTotalAndAgreesWithEquality(@Given(Keys.class) Stream<OrderKey> some) {
    List<OrderKey> keys = some.limit(SAMPLES / 4).toList();
    for (OrderKey a : keys) {
      for (OrderKey b : keys) {
        assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
        assertEquals(a.equals(b), a.compareTo(b) == 0, () -> a + " and " + b);
        for (OrderKey c : keys) {
          boolean holds = a.compareTo(b) > 0 || b.compareTo(c) > 0 || a.compareTo(c) <= 0;
          assertTrue(holds, () -> a + ", " + b + " and " + c);
        }
      }
    }
  }

  @Test
  void anyPermutationIsSortedToTheSameSequence(@Given(Keys.class) Stream<OrderKey> some) {
    List<OrderKey> keys = new ArrayList<>(some.limit(SAMPLES).toList());
    List<OrderKey> sorted = keys.stream().sorted().toList();
    for (int seed = 0; seed < SAMPLES; seed++) {
      Collections.shuffle(keys, new Random(seed));
      assertEquals(sorted, keys.stream().sorted().toList());
    }
  }
}
