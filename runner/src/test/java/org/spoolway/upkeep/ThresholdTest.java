package org.spoolway.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.spoolway.deployment.Deployment.Keep;

class ThresholdTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static Instant daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  /** One file of 4 KiB on each of the last ten days, and two on the ninth. */
  private static Instant from(int days, int requests, long bytes) {
    Threshold threshold = new Threshold(new Keep(2, 1, days, requests, bytes));
    for (int day = 9; day >= 0; day--) {
      threshold.add(daysAgo(day), 100);
    }
    threshold.add(daysAgo(9), 4096);
    return threshold.from(NOW);
  }

  @Test
  void theNewestAreKept() {
    assertEquals(daysAgo(2), from(0, 3, Long.MAX_VALUE));
    assertEquals(daysAgo(9), from(0, 100, Long.MAX_VALUE));
  }

  @Test
  void theYoungAreKeptHoweverManyThereAre() {
    assertEquals(daysAgo(5), from(5, 1, Long.MAX_VALUE));
    assertEquals(daysAgo(5), from(1, 6, Long.MAX_VALUE));
  }

  @Test
  void noMoreIsKeptThanFitsAndBlocksAreWhole() {
    assertEquals(daysAgo(3), from(30, 100, 4 * 4096));
    assertEquals(daysAgo(8), from(30, 100, 10 * 4096));
    assertEquals(Instant.MAX, from(30, 100, 4095));
  }

  @Test
  void whereNothingIsNothingGoes() {
    assertEquals(NOW, new Threshold(new Keep(2, 1, 0, 5, 1000)).from(NOW));
  }
}
