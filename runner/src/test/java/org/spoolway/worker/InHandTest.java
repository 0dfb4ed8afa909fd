package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Interruption.Cause;
import org.spoolway.journal.SampleEntries;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.QueuedJob;

class InHandTest {

  private static final RequestId ID = new RequestId("r-1");

  private final InHand inHand = new InHand();
  private final QueuedJob job = QueuedJob.of("ticket", SampleEntries.accepted());

  /** The queue has given it away, and its run has not begun: it is asked to end all the same. */
  @Test
  void aJobThatWasJustTakenCanBeCancelled() {
    inHand.take(() -> Optional.of(job));
    assertTrue(inHand.cancel("operator", ID).isPresent());
    assertEquals(Cause.CANCEL, inHand.begin(job).cause());
  }

  @Test
  void whoLooksWhileAJobIsTakenSeesIt() throws InterruptedException {
    CountDownLatch taking = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try {
                taking.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              inHand.cancel("operator", ID);
            });
    other.start();
    inHand.take(
        () -> {
          taking.countDown();
          while (other.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
          }
          return Optional.of(job);
        });
    other.join();
    assertEquals(Cause.CANCEL, inHand.begin(job).cause());
  }

  @Test
  void aNewJobIsNotAskedForWhatTheLastOneWas() {
    Interruption first = inHand.begin(job);
    assertSame(first, inHand.begin(job));
    inHand.end();
    assertTrue(inHand.cancel("operator", ID).isEmpty());
    assertNotSame(first, inHand.begin(job));
    assertFalse(inHand.begin(job).requested());
  }

  @Test
  void aStopIsForEveryJobAndEndsAPause() {
    Interruption first = inHand.begin(job);
    inHand.stop();
    inHand.pause(Duration.ofDays(1));
    assertEquals(Cause.SHUTDOWN, first.cause());
    inHand.end();
    assertEquals(Cause.SHUTDOWN, inHand.begin(job).cause());
  }
}
