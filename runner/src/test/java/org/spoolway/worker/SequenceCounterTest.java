package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceCounterTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve("sequence");
  }

  @Test
  void anOrderlyEndLeavesNoGap() throws IOException {
    SequenceCounter first = new SequenceCounter(file);
    assertEquals(1, first.next());
    assertEquals(2, first.next());
    first.close();
    assertEquals(3, new SequenceCounter(file).next());
  }

  @Test
  void aCrashLeavesAGapAndRepeatsNothing() throws IOException {
    SequenceCounter first = new SequenceCounter(file);
    long last = 0;
    for (int i = 0; i < 250; i++) {
      long next = first.next();
      assertEquals(last + 1, next);
      last = next;
    }
    assertTrue(new SequenceCounter(file).next() > last);
  }

  @Test
  void aNumberThatWasNeverUsedReservesNothing() throws IOException {
    new SequenceCounter(file).close();
    assertTrue(Files.notExists(file));
  }
}
