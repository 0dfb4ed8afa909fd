package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProcessEntryTest {

  private static final String REST =
      " 4 7 7 0 -1 4194304 100 0 0 0 0 0 0 0 20 0 1 0 169721 3133440 362\n";

  @Test
  void aNameOfParenthesesBlanksAndLineEndsConfusesNobody() {
    assertEquals(
        Optional.of(new ProcessEntry(42, 4, 7, 'S', 169721)),
        ProcessEntry.parse("42 (a) R 1\n(b) S" + REST));
  }

  @Test
  void whatIsNoSuchLineIsNoProcess() {
    assertEquals(Optional.empty(), ProcessEntry.parse(""));
    assertEquals(Optional.empty(), ProcessEntry.parse("42 (sh) S 1 2 3"));
  }

  @Test
  void aZombieIsNotAlive() {
    assertTrue(ProcessEntry.parse("42 (sh) D" + REST).orElseThrow().isAlive());
    assertFalse(ProcessEntry.parse("42 (sh) Z" + REST).orElseThrow().isAlive());
  }

  @Test
  void theSameNumberAtAnotherTimeIsAnotherProcess() {
    ProcessEntry one = new ProcessEntry(42, 1, 42, 'S', 100);
    assertTrue(one.isSameAs(new ProcessEntry(42, 9, 42, 'R', 100)));
    assertFalse(one.isSameAs(new ProcessEntry(42, 1, 42, 'S', 101)));
  }
}
