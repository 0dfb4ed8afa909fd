package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.journal.SampleEntries.AT;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.applying;
import static org.spoolway.journal.SampleEntries.crashed;
import static org.spoolway.journal.SampleEntries.failed;
import static org.spoolway.journal.SampleEntries.failure;
import static org.spoolway.journal.SampleEntries.skipped;
import static org.spoolway.journal.SampleEntries.started;
import static org.spoolway.journal.SampleEntries.undoFailed;
import static org.spoolway.journal.SampleEntries.undoing;
import static org.spoolway.journal.SampleEntries.undone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** How a job ended, from its journal alone. */
class EndingTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);
  private static final Request DRY =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);
  private static final JournalEntry[] ALL_SKIPPED = {
    started(1), skipped("prepare"), skipped("cutover"), skipped("proof"), skipped("afterwards")
  };

  @Test
  void aJobThatWaitsOrRunsHasNoTerminalOutcome() {
    assertEquals(Outcome.QUEUED, outcome());
    assertEquals(Outcome.RUNNING, outcome(started(1)));
    assertEquals(Outcome.RUNNING, outcome(started(1), applying("prepare"), failed("prepare")));
  }

  @Test
  void aJobThatIsToBeTriedAgainIsQueued() {
    assertEquals(
        Outcome.QUEUED,
        outcome(
            started(1),
            applying("prepare"),
            crashed("prepare"),
            undoing("prepare"),
            undone("prepare")));
  }

  @Test
  void aJobWithNothingLeftSucceededAndADryRunIsPlanned() {
    assertEquals(Outcome.SUCCEEDED, outcome(ALL_SKIPPED));
    assertEquals(Outcome.PLANNED, ending(DRY, ALL_SKIPPED).outcome());
  }

  @Test
  void nothingToDoIsUnchangedInADryRunToo() {
    Evidence unchanged = Evidence.none().with(Evidence.UNCHANGED, "1.1.0 is live");
    JournalEntry found = new JournalEntry.Applied(AT, "prepare", unchanged);
    assertEquals(Outcome.UNCHANGED, outcome(started(1), applying("prepare"), found));
    assertEquals(Outcome.UNCHANGED, ending(DRY, started(1), applying("prepare"), found).outcome());
  }

  @Test
  void whatFailedUnnoticedFailedAndWhatWasNoticedIsRolledBack() {
    assertEquals(
        Outcome.FAILED,
        outcome(
            started(1),
            applying("prepare"),
            failed("prepare"),
            undoing("prepare"),
            undone("prepare")));
    assertEquals(
        Outcome.ROLLED_BACK,
        outcome(
            started(1),
            applying("cutover"),
            failed("cutover"),
            undoing("cutover"),
            undone("cutover")));
  }

  @Test
  void whoeverTookItBackOrLetItExpireIsTold() {
    for (Map.Entry<Problem, Outcome> row :
        Map.of(Problem.CANCELLED, Outcome.CANCELLED, Problem.EXPIRED, Outcome.EXPIRED).entrySet()) {
      Ending ending = ending(REQUEST, turnedBack(row.getKey()));
      assertEquals(row.getValue(), ending.outcome());
      assertEquals(row.getKey().name(), ending.failure().code());
    }
  }

  @Test
  void aBrokenUndoTellsWhatIsStuckAndWhatLedThere() {
    Ending ending =
        ending(
            REQUEST,
            started(1),
            applying("prepare"),
            applying("cutover"),
            failed("cutover"),
            undoing("cutover"),
            undone("cutover"),
            undoing("prepare"),
            undoFailed("prepare"));
    assertEquals(Outcome.NEEDS_INTERVENTION, ending.outcome());
    assertEquals("UNDO_FAILED", ending.failure().code());
    assertEquals("prepare", ending.failure().step());
    assertTrue(ending.failure().message().startsWith("cannot undo prepare: "));
    assertTrue(ending.failure().message().contains("it went back because: "));
    assertTrue(ending.failure().fix().endsWith(Problem.UNDO_FAILED.fix()));
  }

  @Test
  void whatStaysUnprovenNeedsPeopleOnceNothingIsLeft() {
    JournalEntry unproven = new JournalEntry.Unproven(AT, "proof", failure("proof"));
    assertEquals(Outcome.RUNNING, outcome(started(1), skipped("prepare"), unproven));
    Ending ending =
        ending(
            REQUEST,
            started(1),
            skipped("prepare"),
            skipped("cutover"),
            applying("proof"),
            unproven,
            skipped("afterwards"));
    assertEquals(new Ending(Outcome.NEEDS_INTERVENTION, failure("proof")), ending);
  }

  @Test
  void aGoodEndingHasNoFailure() {
    assertNull(ending(REQUEST, ALL_SKIPPED).failure());
  }

  private static JournalEntry turnedBack(Problem problem) {
    ProblemException reason =
        new ProblemException(problem, "cannot start it: it was not wanted any more");
    return new JournalEntry.TurnedBack(AT, null, reason.failure(), false);
  }

  private static Outcome outcome(JournalEntry... entries) {
    return ending(REQUEST, entries).outcome();
  }

  private static Ending ending(Request request, JournalEntry... entries) {
    List<JournalEntry> all = new ArrayList<>(List.of(accepted()));
    all.addAll(List.of(entries));
    return Ending.of(request, JobProgress.of(all));
  }
}
