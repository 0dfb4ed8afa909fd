package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.spoolway.journal.SampleEntries.AT;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.started;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;

/** What a plan's hash stands for, and what it leaves out. */
class PlanHashTest {

  private static final Map<String, String> FOUND =
      Map.of(
          Evidence.FROM,
          "1.0.0",
          Evidence.TO,
          "1.1.0",
          Evidence.OBJECT,
          "aa",
          Evidence.RESTORES,
          "s");

  @Test
  void everythingThatMakesAnotherPlanMakesAnotherHash() {
    Set<String> hashes = new HashSet<>();
    hashes.add(hash(Action.UPDATE, FOUND, "because", List.of()));
    hashes.add(hash(Action.ROLLBACK, FOUND, "because", List.of()));
    hashes.add(hash(Action.UPDATE, FOUND, "because", List.of("proof")));
    hashes.add(hash(Action.UPDATE, FOUND, "because", List.of("proof", "cutover")));
    for (String fact : FOUND.keySet()) {
      Map<String, String> other = new java.util.HashMap<>(FOUND);
      other.put(fact, "2.0.0");
      hashes.add(hash(Action.UPDATE, other, "because", List.of()));
      other.remove(fact);
      hashes.add(hash(Action.UPDATE, other, "because", List.of()));
    }
    assertEquals(4 + 2 * FOUND.size(), hashes.size());
  }

  @Test
  void reasonsMayHoldFiguresAndAreLeftOut() {
    assertEquals(
        hash(Action.UPDATE, FOUND, "12 MiB free", List.of("proof")),
        hash(Action.UPDATE, FOUND, "13 MiB free", List.of("proof")));
  }

  private static String hash(
      Action action, Map<String, String> found, String why, List<String> skipped) {
    List<JournalEntry> entries = new ArrayList<>(List.of(accepted(), started(1)));
    entries.add(new JournalEntry.Applying(AT, "prepare", why));
    entries.add(new JournalEntry.Applied(AT, "prepare", new Evidence(found, why, null)));
    for (String step : List.of("cutover", "proof", "afterwards")) {
      entries.add(
          skipped.contains(step)
              ? new JournalEntry.Skipped(AT, step, why)
              : new JournalEntry.Foreseen(AT, step, why, null));
    }
    JobProgress progress = JobProgress.of(entries);
    return PlanHash.of(Facts.of(Request.of(action, null), progress), progress);
  }
}
