package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.layout.StateDir;

class HoldTest {

  @TempDir private Path directory;
  private StateDir state;
  private Hold hold;

  @BeforeEach
  void name() {
    state = new StateDir(directory.resolve("state"));
    hold = new Hold(directory.resolve("run/spoolway/hold/notes"));
  }

  private void assertHeld() throws IOException {
    hold.set(state);
    assertTrue(Files.exists(hold.file()));
  }

  private void assertNotHeld() throws IOException {
    hold.set(state);
    assertFalse(Files.exists(hold.file()));
  }

  @Test
  void whereNothingRanOrNothingIsOpenNothingIsHeld() throws Exception {
    assertNotHeld();
    Files.createDirectories(state.journals());
    assertNotHeld();
  }

  @Test
  void anOpenJobHoldsUntilItIsDecided() throws Exception {
    Files.createDirectories(state.journals());
    Files.createFile(state.journal("1"));
    assertHeld();
    assertHeld();
    hold.lift();
    assertFalse(Files.exists(hold.file()));
    hold.lift();
  }

  @Test
  void anUndoThatFailedHolds() throws Exception {
    Files.createDirectories(state.path());
    Files.createFile(state.brokenJournal());
    assertHeld();
  }
}
