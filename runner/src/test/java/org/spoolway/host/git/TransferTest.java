package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.git.Pulse.AbandonedException;

@Timeout(20)
class TransferTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path scratch;
  private final Interruption interruption = new Interruption();
  private final CompletableFuture<String> never = new CompletableFuture<>();

  @AfterEach
  void letGo() {
    never.complete("late");
  }

  @Test
  void theOutcomeOfTheWorkIsTheTransfers() throws Exception {
    assertEquals("done", transfer(Progress.NONE, LONG).run(monitor -> "done"));
  }

  @Test
  void theFailureOfTheWorkIsTheTransfers() {
    IOException failure = new IOException("broken");

    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                transfer(Progress.NONE, LONG)
                    .run(
                        monitor -> {
                          throw failure;
                        })));
  }

  @Test
  void workThatIsSilentIsGivenUpEvenWhenNothingEndsIt() {
    RemoteFailure e =
        assertThrows(
            RemoteFailure.class, () -> transfer(Progress.NONE, SHORT).run(monitor -> never.join()));

    assertTrue(e.reason().startsWith("nothing came for "), e.reason());
  }

  @Test
  void workIsTurnedAwayFromEvenWhenNothingEndsIt() {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Void> request =
        CompletableFuture.runAsync(
            () -> {
              assertTrue(awaited(started));
              interruption.request(Interruption.Cause.CANCEL);
            });

    assertThrows(
        AbandonedException.class,
        () ->
            transfer(Progress.NONE, LONG)
                .run(
                    monitor -> {
                      started.countDown();
                      return never.join();
                    }));
    request.join();
  }

  @Test
  void workThatIsTurnedAwayFromIsInterruptedAndToldAtItsNextBeat() {
    CompletableFuture<Exception> told = new CompletableFuture<>();
    CompletableFuture<Thread> worker = new CompletableFuture<>();

    assertThrows(
        AbandonedException.class,
        () ->
            transfer(Progress.NONE, LONG)
                .run(
                    monitor -> {
                      worker.complete(Thread.currentThread());
                      interruption.request(Interruption.Cause.SHUTDOWN);
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        told.complete(assertThrows(AbandonedException.class, monitor::beat));
                      }
                      return "";
                    }));

    assertTrue(told.isDone());
    assertTrue(worker.join().isDaemon());
    Awaitility.await().until(() -> !worker.join().isAlive());
  }

  @Test
  void progressIsToldByTheThreadThatWaits() throws Exception {
    Set<Thread> tellers = ConcurrentHashMap.newKeySet();
    CountDownLatch toldTwice = new CountDownLatch(2);
    Progress progress =
        (part, detail) -> {
          tellers.add(Thread.currentThread());
          toldTwice.countDown();
        };

    transfer(progress, LONG).run(monitor -> awaited(toldTwice));

    assertEquals(Set.of(Thread.currentThread()), tellers);
  }

  @Test
  void nothingStartsOnceTheEndWasAskedFor() {
    interruption.request(Interruption.Cause.CANCEL);
    CompletableFuture<Void> started = new CompletableFuture<>();

    assertThrows(
        AbandonedException.class,
        () -> transfer(Progress.NONE, LONG).run(monitor -> started.complete(null)));

    assertFalse(started.isDone());
  }

  private Transfer transfer(Progress progress, Duration silence) {
    return new Transfer(new FreeSpace(scratch), progress, interruption, silence);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
