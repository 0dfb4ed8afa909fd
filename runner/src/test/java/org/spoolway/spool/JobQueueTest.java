package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

class JobQueueTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final JobQueue queue = new JobQueue(List.of("operator", "web"));

  private static QueuedJob job(String origin, String id, int second) {
    return job(origin, id, second, null, null);
  }

  private static QueuedJob job(
      String origin,
      String id,
      int second,
      @Nullable Instant notBefore,
      @Nullable Instant expires) {
    Instant time = NOW.minusSeconds(1000 - second);
    Accepted accepted =
        new Accepted(
            NOW,
            origin,
            new RequestId(id),
            id + ".json",
            new byte[0],
            "ab12",
            time,
            new Result.Owner(1, "ada"),
            NOW);
    return new QueuedJob(
        "ticket-" + id,
        accepted,
        new Request(null, null, Action.CHECK, null, null, null, false, null, notBefore, expires));
  }

  private List<String> takeAll() {
    List<String> ids = new ArrayList<>();
    for (Optional<QueuedJob> j = queue.take(NOW); j.isPresent(); j = queue.take(NOW)) {
      ids.add(j.get().accepted().id().value());
    }
    return ids;
  }

  @Test
  void withinAnOriginTheEarlierTimeGoesFirstAndThenTheName() {
    queue.offer(job("operator", "c", 2));
    queue.offer(job("operator", "b", 1));
    queue.offer(job("operator", "a", 2));
    assertEquals(List.of("b", "a", "c"), takeAll());
  }

  @Test
  void originsTakeTurnsSoThatAFloodDelaysOthersByOneJob() {
    for (int i = 0; i < 5; i++) {
      queue.offer(job("web", "w" + i, i));
    }
    queue.offer(job("operator", "o0", 900));
    queue.offer(job("operator", "o1", 901));
    assertEquals(List.of("o0", "w0", "o1", "w1", "w2", "w3", "w4"), takeAll());
  }

  @Test
  void aHeldJobHoldsBackNobody() {
    queue.offer(job("operator", "held", 1, NOW.plusSeconds(60), null));
    queue.offer(job("operator", "behind", 2));
    assertEquals(List.of("behind"), takeAll());
    assertEquals(1, queue.size());
    assertFalse(queue.hasDue(NOW));
    assertTrue(queue.hasDue(NOW.plusSeconds(60)));
  }

  @Test
  void aJobThatIsOfferedTwiceIsQueuedOnce() {
    queue.offer(job("operator", "a", 1));
    queue.offer(job("operator", "a", 1));
    assertEquals(1, queue.size());
  }

  @Test
  void theNextMomentIsWhenAHeldJobComesDueOrExpires() {
    assertNull(queue.nextDue());
    queue.offer(job("operator", "late", 1, NOW.plusSeconds(60), null));
    assertEquals(NOW.plusSeconds(60), queue.nextDue());
    queue.offer(job("web", "stale", 1, NOW.plusSeconds(90), NOW.plusSeconds(30)));
    assertEquals(NOW.plusSeconds(30), queue.nextDue());
  }

  @Test
  void whatIsTakenOutOfTurnIsFoundByOriginAndId() {
    queue.offer(job("web", "a", 1));
    assertTrue(queue.remove("operator", new RequestId("a")).isEmpty());
    assertEquals(
        "ticket-a", queue.remove("web", new RequestId("a")).map(QueuedJob::ticket).orElse(""));
    assertEquals(0, queue.size());
  }

  @Test
  void aWaitEndsWithAnOfferAlsoWithOneBeforeIt() {
    queue.offer(job("web", "a", 1));
    queue.await(Duration.ofDays(1));
    Thread other = new Thread(() -> queue.await(Duration.ofDays(1)));
    other.start();
    queue.disturb();
    assertAll(() -> other.join(), () -> assertFalse(other.isAlive()));
  }
}
