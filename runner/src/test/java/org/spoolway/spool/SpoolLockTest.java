package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class SpoolLockTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;

  private SpoolLock take(long pid) throws Exception {
    return SpoolLock.take(directory.resolve("lock"), "notes", pid, "ada", NOON);
  }

  @Test
  void theSecondLearnsWhoHoldsItAndSinceWhen() throws Exception {
    try (SpoolLock held = take(4711)) {
      assertNotNull(held);
      ProblemException busy = assertThrows(ProblemException.class, () -> take(4712));
      assertEquals(Problem.BUSY, busy.problem());
      assertEquals(
          "cannot work deployment notes: the runner with pid 4711 of user ada has held it since"
              + " 2026-11-21T12:00:00Z",
          busy.getMessage());
    }
  }

  @Test
  void itEndsWithItsHolderWhateverTheFileSays() throws Exception {
    take(4711).close();
    assertFalse(SpoolLock.isHeld(directory.resolve("lock")));
    take(4712).close();
  }

  @Test
  void nobodyHoldsWhatIsNotThere() throws Exception {
    assertFalse(SpoolLock.isHeld(directory.resolve("lock")));
    try (SpoolLock held = take(4711)) {
      assertNotNull(held);
      assertTrue(SpoolLock.isHeld(directory.resolve("lock")));
    }
  }

  /** To see whether it is held one has to take it, for an instant; that must not end a runner. */
  @Test
  void whoOnlyLooksKeepsNobodyOut() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    Thread looker = new Thread(() -> look(taken));
    looker.start();
    taken.await();
    take(4711).close();
    looker.join();
  }

  private void look(CountDownLatch taken) {
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertNotNull(lock);
      taken.countDown();
      Thread.sleep(30);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
