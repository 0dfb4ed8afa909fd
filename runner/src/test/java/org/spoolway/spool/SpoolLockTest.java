package org.spoolway.spool;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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
    Path file = directory.resolve("lock");
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              begun.countDown();
              try (SpoolLock held = take(4711)) {
                assertNotNull(held);
                return SpoolLock.isHeld(file);
              }
            });
    Thread taker = new Thread(taking);
    try (FileChannel looking =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = looking.lock()) {
      assertNotNull(lock);
      taker.start();
      begun.await();
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> taker.getState() == Thread.State.TIMED_WAITING);
    }
    assertTrue(taking.get());
  }
}
