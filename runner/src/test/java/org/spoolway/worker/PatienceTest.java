package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void withNothingToKeepItIsLong() {
    assertEquals(Duration.ofSeconds(5), Patience.of(NOW, false, false, null, null));
    assertEquals(Duration.ofSeconds(1), Patience.of(NOW, false, true, null, null));
    assertEquals(Duration.ofSeconds(1), Patience.of(NOW, true, false, null, null));
  }

  @Test
  void itEndsWhenSomethingIsDue() {
    assertEquals(Duration.ofMillis(300), Patience.of(NOW, false, true, null, NOW.plusMillis(300)));
    assertEquals(
        Duration.ofMillis(20),
        Patience.of(NOW, false, true, Duration.ofMillis(20), NOW.plusMillis(300)));
  }

  @Test
  void aQueueThatIsHeldComesDueForNobody() {
    assertEquals(Duration.ofSeconds(1), Patience.of(NOW, true, false, null, NOW.minusSeconds(9)));
  }

  @Test
  void itIsNeverNothing() {
    assertEquals(Duration.ofMillis(1), Patience.of(NOW, false, true, null, NOW.minusSeconds(9)));
  }
}
