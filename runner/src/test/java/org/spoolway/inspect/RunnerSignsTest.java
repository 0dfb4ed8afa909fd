package org.spoolway.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Status;
import org.spoolway.spool.SpoolLock;

class RunnerSignsTest {

  @TempDir private Path directory;

  @Test
  void whoHoldsTheLockIsAlive() throws Exception {
    SpoolLayout layout = SpoolLayout.home(directory);
    assertEquals(RunnerSigns.NONE, RunnerSigns.of(layout, "notes"));
    Path lock = layout.state("notes").lock();
    Files.createDirectories(layout.state("notes").path());
    SpoolLock held = SpoolLock.take(lock, "notes", 4711, "ada", Instant.EPOCH);
    assertEquals(RunnerSigns.WORKING, RunnerSigns.of(layout, "notes"));
    held.close();
    assertEquals(RunnerSigns.NONE, RunnerSigns.of(layout, "notes"));
  }

  /** What those go by who may not open the lock. */
  @Test
  void runnerThatSaysThatItEndedLivesNoMoreWhateverHasItsNumber() {
    Instant now = Instant.now();
    Status.Runner self = new Status.Runner(ProcessHandle.current().pid(), now, "0.1.0", null);
    assertEquals(RunnerSigns.WORKING, RunnerSigns.of(self));
    assertEquals(RunnerSigns.NONE, RunnerSigns.of(self.stopped(now)));
    assertEquals(RunnerSigns.NONE, RunnerSigns.of(new Status.Runner(1L << 40, now, "0.1.0", null)));
  }
}
