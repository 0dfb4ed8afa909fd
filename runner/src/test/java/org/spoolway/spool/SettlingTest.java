package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.layout.EntryName;
import org.spoolway.schema.Result;

class SettlingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T01:34:55Z");

  private static Claim claim(String ticket) {
    EntryName meaning = EntryName.parse("1700000000-x.json").orElseThrow();
    Path file = Path.of("1700000000-x.json");
    return new Claim(
        ticket, "web", file, meaning, NOW, NOW, new OrderKey(NOW, "1700000000-x.json"));
  }

  private static Examiner.Look look(long size) {
    Result.Owner owner = new Result.Owner(1000, "ann");
    return new Examiner.Look(owner, true, 1, size, FileTime.from(NOW));
  }

  private static final Duration SETTLE = Duration.ofSeconds(2);

  private long now;
  private final Settling settling = new Settling(SETTLE, () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void whatStaysAsItIsIsOverAfterTheSettleTime() {
    assertFalse(settling.isOver(claim("a"), look(1)));
    pass(SETTLE.minusNanos(1));
    assertFalse(settling.isOver(claim("a"), look(1)));
    pass(Duration.ofNanos(1));
    assertTrue(settling.isOver(claim("a"), look(1)));
  }

  @Test
  void whateverChangesHasItsTimeBeginAnew() {
    assertFalse(settling.isOver(claim("a"), look(1)));
    pass(SETTLE);
    assertFalse(settling.isOver(claim("a"), look(2)));
    pass(SETTLE.minusNanos(1));
    assertFalse(settling.isOver(claim("a"), look(2)));
  }

  @Test
  void whoeverWritesOnAndOnIsWaitedForFifteenTimesAsLong() {
    assertFalse(settling.isOver(claim("a"), look(0)));
    for (int i = 1; i < 30; i++) {
      pass(SETTLE.dividedBy(2));
      assertFalse(settling.isOver(claim("a"), look(i)));
    }
    pass(SETTLE.dividedBy(2));
    assertTrue(settling.isOver(claim("a"), look(30)));
  }

  @Test
  void theTimeOfWhatIsPostponedDoesNotRun() {
    settling.isOver(claim("a"), look(1));
    pass(SETTLE.multipliedBy(100));
    settling.postpone(claim("a"), look(1));
    pass(SETTLE.minusNanos(1));
    assertFalse(settling.isOver(claim("a"), look(1)));
  }

  @Test
  void whatWasLookedAtLastComesLast() {
    for (String name : List.of("a", "b", "c", "a")) {
      settling.isOver(claim(name), look(1));
    }
    assertEquals(List.of(claim("b"), claim("c"), claim("a")), settling.claims("web"));
    assertEquals(List.of(), settling.claims("operator"));
  }

  @Test
  void theNextLookIsSoonAndNeverAtOnce() {
    assertNull(settling.nextLook());
    settling.isOver(claim("a"), look(1));
    assertEquals(SETTLE.dividedBy(4), settling.nextLook());
    pass(SETTLE);
    assertEquals(Duration.ofMillis(1), settling.nextLook());
  }
}
