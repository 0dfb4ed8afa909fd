package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.instancio.Random;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

/**
 * What holds of the queue however offers, takes and time are interleaved: checked against a plain
 * list that is searched anew each time.
 */
@ExtendWith(InstancioExtension.class)
class AnyQueueTest {

  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<String> KNOWN = List.of("operator", "web");
  private static final int STORIES = 400;

  /**
   * What happens next.
   *
   * @param offered the job that is offered, or null when one is taken
   * @param later how much time passes before
   */
  record Event(@Nullable QueuedJob offered, Duration later) {}

  /** A random interleaving; offers and takes are equally likely, so that queues fill and empty. */
  static final class Stories implements GivenProvider {
    @Override
    public List<Event> provide(ElementContext context) {
      Random random = context.random();
      List<Event> story = new ArrayList<>();
      int length = random.intRange(1, 80);
      int offers = random.intRange(1, 9);
      for (int i = 0; i < length; i++) {
        QueuedJob job = random.intRange(0, 9) < offers ? job(random, i) : null;
        story.add(new Event(job, Duration.ofSeconds(random.intRange(0, 2))));
      }
      return story;
    }

    private static QueuedJob job(Random random, int number) {
      Instant time = START.minusSeconds(random.intRange(0, 5));
      Accepted accepted =
          new Accepted(
              START,
              random.oneOf("operator", "web", "web", "web", "cron"),
              new RequestId("id-" + number),
              random.oneOf("a", "b", "c") + ".json",
              new byte[0],
              "ab12",
              time,
              new Result.Owner(1, "ada"),
              START);
      Instant notBefore = sometimes(random);
      Instant expires = sometimes(random);
      return new QueuedJob(
          "ticket-" + random.alphanumeric(3) + number,
          accepted,
          new Request(null, null, Action.CHECK, null, null, null, false, null, notBefore, expires));
    }

    private static @Nullable Instant sometimes(Random random) {
      return random.intRange(0, 3) == 0 ? START.plusSeconds(random.intRange(0, 120)) : null;
    }
  }

  @Test
  void ordersAreKeptTurnsAreBoundedAndNothingIsLostOrGivenTwice(
      @Given(Stories.class) Stream<List<Event>> stories) {
    stories.limit(STORIES).forEach(story -> new Life().live(story));
  }

  /** The queue through one story, beside the list of what waits in it. */
  private static final class Life {
    private static final Comparator<QueuedJob> ORDER =
        Comparator.comparing(QueuedJob::order).thenComparing(QueuedJob::ticket);

    private final JobQueue queue = new JobQueue(KNOWN);
    private final List<QueuedJob> waiting = new ArrayList<>();

    /** For an origin that waits with a due job, who else was served since, and how often. */
    private final Map<String, Map<String, Integer>> servedBefore = new HashMap<>();

    private Instant now = START;

    void live(List<Event> story) {
      for (Event event : story) {
        now = now.plus(event.later());
        if (event.offered() == null) {
          take();
        } else {
          queue.offer(event.offered());
          waiting.add(event.offered());
        }
        assertEquals(waiting.size(), queue.size());
      }
      now = START.plus(Duration.ofDays(1));
      while (!waiting.isEmpty()) {
        take();
      }
      assertEquals(Optional.empty(), queue.take(now));
    }

    private void take() {
      Map<String, QueuedJob> heads = dueHeads();
      assertEquals(!heads.isEmpty(), queue.hasDue(now));
      Optional<QueuedJob> taken = queue.take(now);
      assertEquals(!heads.isEmpty(), taken.isPresent(), "held jobs hold back nobody");
      taken.ifPresent(job -> assertRightTurn(job, heads));
    }

    private void assertRightTurn(QueuedJob job, Map<String, QueuedJob> heads) {
      String origin = job.accepted().origin();
      assertEquals(heads.get(origin), job, "an origin's jobs go in order");
      assertFalse(job.isHeld(now));
      assertTrue(waiting.remove(job), "given twice");
      servedBefore.keySet().retainAll(heads.keySet());
      servedBefore.remove(origin);
      for (String other : heads.keySet()) {
        if (!other.equals(origin)) {
          int turns =
              servedBefore
                  .computeIfAbsent(other, o -> new HashMap<>())
                  .merge(origin, 1, Integer::sum);
          assertEquals(1, turns, () -> origin + " had another turn while " + other + " waited");
        }
      }
    }

    private Map<String, QueuedJob> dueHeads() {
      Map<String, QueuedJob> heads = new TreeMap<>();
      waiting.stream()
          .filter(job -> !job.isHeld(now))
          .sorted(ORDER)
          .forEach(job -> heads.putIfAbsent(job.accepted().origin(), job));
      return heads;
    }
  }
}
