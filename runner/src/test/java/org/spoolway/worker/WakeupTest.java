package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WakeupTest {

  private static final Duration SOON = Duration.ofMillis(10);

  @TempDir Path directory;
  private Path inbox;

  @BeforeEach
  void make() throws IOException {
    inbox = Files.createDirectory(directory.resolve("inbox"));
  }

  @Test
  void withoutEventsItPollsAndSaysWhy() throws Exception {
    try (Wakeup wakeup = Wakeup.polling(List.of(inbox), "because")) {
      wakeup.await(SOON);
      assertEquals("polling", wakeup.mode().mode());
      assertEquals("because", wakeup.mode().why());
    }
  }

  @Test
  void anInboxThatGoesAndComesIsWatchedAgain() throws Exception {
    try (Wakeup wakeup = Wakeup.watching(List.of(inbox))) {
      assertEquals("events", wakeup.mode().mode());
      Files.delete(inbox);
      while (wakeup.mode().mode().equals("events")) {
        wakeup.await(SOON);
      }
      wakeup.await(SOON);
      assertEquals("polling", wakeup.mode().mode());
      Files.createDirectory(inbox);
      wakeup.await(SOON);
      assertEquals("events", wakeup.mode().mode());
    }
  }

  /** Its watch has gone with the old directory, and says nothing. */
  @Test
  void anInboxThatIsReplacedIsWatchedInItsPlace() throws Exception {
    try (Wakeup wakeup = Wakeup.watching(List.of(inbox))) {
      Files.move(inbox, directory.resolve("old"));
      Files.createDirectory(inbox);
      wakeup.await(SOON);
      assertEquals("events", wakeup.mode().mode());
      Files.createFile(inbox.resolve("check"));
      long before = System.nanoTime();
      wakeup.await(null);
      Duration waited = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(waited.compareTo(Duration.ofSeconds(4)) < 0, waited::toString);
    }
  }

  @Test
  void aClosedOneEndsItsWaiter() throws Exception {
    for (Wakeup wakeup :
        List.of(Wakeup.watching(List.of(inbox)), Wakeup.polling(List.of(inbox), "because"))) {
      Thread closer = new Thread(() -> assertThrowsNothing(wakeup));
      closer.start();
      assertThrows(
          ClosedWatchServiceException.class,
          () -> {
            while (true) {
              wakeup.await(null);
            }
          });
      closer.join();
      assertThrows(ClosedWatchServiceException.class, () -> wakeup.await(SOON));
    }
  }

  /** Otherwise its waiter would look once more, for a worker that has ended. */
  @Test
  void noWaitReturnsOnceItIsClosed() throws Exception {
    Wakeup wakeup = Wakeup.polling(List.of(inbox), "because");
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                wakeup.await(Duration.ofDays(1));
                end.complete(new AssertionError("it returned"));
              } catch (ClosedWatchServiceException | InterruptedException e) {
                end.complete(e);
              }
            });
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    wakeup.close();
    assertEquals(ClosedWatchServiceException.class, end.get().getClass());
  }

  private static void assertThrowsNothing(Wakeup wakeup) {
    try {
      wakeup.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
