package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.spoolway.journal.SampleEntries.AT;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.failure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalEntry.PlannedStep;
import org.spoolway.lifecycle.Phase;

/** How long a door was closed, where a release is watched while it serves. */
class DowntimeTest {

  private static final List<PlannedStep> STEPS =
      List.of(
          new PlannedStep("maintenance-on", Phase.CHANGE),
          new PlannedStep("gate", Phase.PROOF, false),
          new PlannedStep("maintenance-off", Phase.PROOF),
          new PlannedStep("bake", Phase.PROOF, false),
          new PlannedStep("prune", Phase.AFTERWARDS, false));

  private final List<JournalEntry> entries = new ArrayList<>(List.of(accepted()));

  private static Instant at(int second) {
    return AT.plusSeconds(second);
  }

  private void start() {
    Evidence known = Evidence.none().with(Evidence.FROM, "1.0.0");
    entries.add(new JournalEntry.Started(AT, 1, 1, known, STEPS));
  }

  private void run(String step, int from, int to) {
    begin(step, from);
    entries.add(new JournalEntry.Applied(at(to), step, Evidence.none()));
  }

  private void begin(String step, int from) {
    entries.add(new JournalEntry.Applying(at(from), step, "it is needed"));
  }

  private Long millis() {
    return Downtime.of(JobProgress.of(entries));
  }

  /** The page is shown for 4 s, until the gate is passed. */
  private void letIn() {
    start();
    run("maintenance-on", 1, 1);
    run("gate", 3, 4);
    run("maintenance-off", 4, 5);
  }

  @Test
  void theTimeInWhichItIsWatchedIsNone() {
    letIn();
    begin("bake", 5);
    assertEquals(4000, millis());
    entries.add(new JournalEntry.LeftOff(at(90), "bake"));
    entries.add(new JournalEntry.Resumed(at(100), "bake"));
    run("bake", 100, 300);
    run("prune", 300, 301);
    assertEquals(4000, millis());
  }

  @Test
  void goingBackCountsAndWhatWasServedBeforeDoesNot() {
    letIn();
    begin("bake", 5);
    entries.add(new JournalEntry.TurnedBack(at(200), "bake", failure("bake"), false));
    entries.add(new JournalEntry.Undoing(at(200), "maintenance-off"));
    entries.add(new JournalEntry.Undone(at(206), "maintenance-off"));
    assertEquals(10_000, millis());
  }

  @Test
  void whereNothingClosedOnlyGoingBackCounts() {
    start();
    run("gate", 3, 4);
    begin("bake", 4);
    assertNull(millis());
    entries.add(new JournalEntry.TurnedBack(at(200), "bake", failure("bake"), false));
    entries.add(new JournalEntry.Undoing(at(201), "maintenance-off"));
    assertEquals(1000, millis());
  }

  @Test
  void whatStaysAsItIsClosedNoLonger() {
    letIn();
    begin("bake", 5);
    entries.add(new JournalEntry.Unproven(at(200), "bake", failure("bake")));
    assertEquals(4000, millis());
  }

  @Test
  void whatFailsBeforeItIsWatchedIsClosedAllTheTime() {
    start();
    run("maintenance-on", 1, 1);
    begin("gate", 3);
    entries.add(new JournalEntry.TurnedBack(at(20), "gate", failure("gate"), false));
    entries.add(new JournalEntry.Undoing(at(21), "maintenance-on"));
    assertEquals(20_000, millis());
  }
}
