package org.spoolway.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.spoolway.layout.EntryName;
import org.spoolway.schema.Result;

class SettlingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T01:34:55Z");

  private static Claim claim() {
    EntryName meaning = EntryName.parse("1700000000-x.json").orElseThrow();
    Path file = Path.of("1700000000-x.json");
    return new Claim("t", "web", file, meaning, NOW, NOW, new OrderKey(NOW, "1700000000-x.json"));
  }

  private static Examiner.Look look(long size) {
    Result.Owner owner = new Result.Owner(1000, "ann");
    return new Examiner.Look(owner, true, 1, size, FileTime.from(NOW));
  }

  @Test
  void whatStaysAsItIsIsOverAfterTheSettleTime() {
    Settling settling = new Settling(Duration.ofMillis(10));
    assertFalse(settling.isOver(claim(), look(1)));
    await().until(() -> settling.isOver(claim(), look(1)));
  }

  @Test
  void whoeverWritesOnAndOnIsNotWaitedForWithoutEnd() {
    Settling settling = new Settling(Duration.ofMillis(10));
    AtomicLong size = new AtomicLong();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> settling.isOver(claim(), look(size.incrementAndGet())));
  }
}
