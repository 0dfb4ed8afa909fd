package org.spoolway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.journal.SampleEntries.AT;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.applied;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spoolway.lifecycle.JobState;
import org.spoolway.lifecycle.StepState;

/** What a journal's entries amount to. */
class JobProgressTest {

  private static final List<JournalEntry> PREPARED =
      List.of(applying("prepare"), applied("prepare"));
  private static final List<JournalEntry> CUT_OVER =
      List.of(applying("cutover"), applied("cutover"));
  private static final List<JournalEntry> PROVEN = List.of(applying("proof"), applied("proof"));

  @Test
  void anAcceptedRequestIsQueued() {
    assertEquals(JobState.QUEUED, JobProgress.of(List.of(accepted())).state());
  }

  /** Somebody has undone by hand what could not be undone; nothing else is left to undo. */
  @Test
  void anUndoThatIsTakenAsDoneIsNoFailureAnyMore() {
    List<JournalEntry> mended =
        List.of(
            applying("prepare"),
            failed("prepare"),
            undoing("prepare"),
            undoFailed("prepare"),
            undone("prepare"));
    assertEquals(JobState.ENDED, progress(mended).state());
    assertEquals(null, progress(mended).undoFailure());
  }

  @Test
  void aRequestTakenBackBeforeItsStartHasEnded() {
    JournalEntry back = new JournalEntry.TurnedBack(AT, null, failure("none"), false);
    assertEquals(JobState.ENDED, JobProgress.of(List.of(accepted(), back)).state());
  }

  @Test
  void aStartedJobIsPreparingUntilTheCutoverBegins() {
    assertEquals(JobState.PREPARING, progress().state());
    assertEquals(JobState.PREPARING, progress(applying("prepare")).state());
    assertEquals(JobState.PREPARING, progress(PREPARED).state());
    assertFalse(progress(PREPARED).noticeable());
  }

  @Test
  void aBegunCutoverIsNoticeable() {
    JobProgress begun = progress(PREPARED, applying("cutover"));
    assertEquals(JobState.CHANGING, begun.state());
    assertTrue(begun.noticeable());
  }

  @Test
  void aFinishedCutoverWaitsForItsProof() {
    assertEquals(JobState.PROVING, progress(PREPARED, CUT_OVER).state());
    assertEquals(JobState.PROVING, progress(PREPARED, CUT_OVER, applying("proof")).state());
    assertEquals(JobState.PROVING, progress(PREPARED, skipped("cutover")).state());
  }

  @Test
  void aProvenReleaseOnlySettles() {
    assertEquals(JobState.SETTLING, progress(PREPARED, CUT_OVER, PROVEN).state());
    assertEquals(
        JobState.SETTLING, progress(PREPARED, CUT_OVER, PROVEN, applying("afterwards")).state());
  }

  @Test
  void aJobWithNothingLeftToRunHasEnded() {
    assertEquals(
        JobState.ENDED, progress(PREPARED, CUT_OVER, PROVEN, skipped("afterwards")).state());
    JournalEntry noted = new JournalEntry.Noted(AT, "afterwards", failure("afterwards"));
    assertEquals(
        JobState.ENDED,
        progress(PREPARED, CUT_OVER, PROVEN, applying("afterwards"), noted).state());
  }

  @Test
  void aFailedJobIsUndoingUntilEverythingBegunIsUndone() {
    assertEquals(
        JobState.UNDOING, progress(PREPARED, applying("cutover"), failed("cutover")).state());
    List<JournalEntry> half =
        List.of(applying("cutover"), failed("cutover"), undoing("cutover"), undone("cutover"));
    assertEquals(JobState.UNDOING, progress(PREPARED, half).state());
    assertEquals(JobState.UNDOING, progress(PREPARED, half, undoing("prepare")).state());
    assertEquals(
        JobState.ENDED, progress(PREPARED, half, undoing("prepare"), undone("prepare")).state());
  }

  @Test
  void aFailedUndoIsBrokenUntilItIsTriedAgain() {
    List<JournalEntry> broken =
        List.of(applying("prepare"), failed("prepare"), undoing("prepare"), undoFailed("prepare"));
    assertEquals(JobState.BROKEN, progress(broken).state());
    assertEquals("prepare", progress(broken).undoFailure().step());
    assertEquals(JobState.UNDOING, progress(broken, undoing("prepare")).state());
    assertEquals(JobState.ENDED, progress(broken, undoing("prepare"), undone("prepare")).state());
  }

  @Test
  void aJobCutShortBeforeAnybodyCouldNoticeIsQueuedAgainOnceItIsUndone() {
    List<JournalEntry> cut = List.of(applying("prepare"), crashed("prepare"));
    assertEquals(JobState.UNDOING, progress(cut).state());
    JobProgress undone = progress(cut, undoing("prepare"), undone("prepare"));
    assertTrue(undone.retryable());
    assertEquals(JobState.QUEUED, undone.state());
  }

  @Test
  void theThirdStartCutShortIsTheLast() {
    List<JournalEntry> entries = new ArrayList<>(List.of(accepted()));
    for (int attempt = 1; attempt <= JobProgress.MAX_ATTEMPTS; attempt++) {
      entries.addAll(List.of(started(attempt), applying("prepare"), crashed("prepare")));
      entries.addAll(List.of(undoing("prepare"), undone("prepare")));
      boolean last = attempt == JobProgress.MAX_ATTEMPTS;
      assertEquals(last ? JobState.ENDED : JobState.QUEUED, JobProgress.of(entries).state());
    }
  }

  @Test
  void aJobCutShortInItsCutoverIsNeverTriedAgain() {
    JobProgress undone =
        progress(applying("cutover"), crashed("cutover"), undoing("cutover"), undone("cutover"));
    assertFalse(undone.retryable());
    assertEquals(JobState.ENDED, undone.state());
  }

  @Test
  void aNewStartForgetsWhatTheOneBeforeFoundOut() {
    JournalEntry found =
        new JournalEntry.Applied(AT, "prepare", new Evidence(Map.of("to", "1.1.0"), null, null));
    JobProgress first = progress(applying("prepare"), found);
    assertEquals(Optional.of("1.1.0"), first.fact("to"));
    JobProgress second =
        progress(
            applying("prepare"),
            found,
            crashed("prepare"),
            undoing("prepare"),
            undone("prepare"),
            started(2));
    assertEquals(Optional.empty(), second.fact("to"));
    assertEquals(2, second.attempt());
    assertEquals(42, second.sequence());
    assertEquals(StepState.PLANNED, second.steps().get(0).state());
  }

  @Test
  void anUnchangedWorldEndsTheJob() {
    Evidence unchanged = new Evidence(Map.of(Evidence.UNCHANGED, "1.0.0 is live"), null, null);
    JobProgress progress =
        progress(applying("prepare"), new JournalEntry.Applied(AT, "prepare", unchanged));
    assertEquals(JobState.ENDED, progress.state());
  }

  @Test
  void aStepThatHadNothingToDoStillTakesPartInGoingBack() {
    JournalEntry nothing =
        new JournalEntry.Applied(AT, "cutover", Evidence.skipped("nothing runs yet"));
    StepProgress step = progress(PREPARED, applying("cutover"), nothing).steps().get(1);
    assertEquals(StepState.SKIPPED, step.state());
    assertTrue(step.needsUndo());
  }

  @Test
  void aStepThatWasBegunBeforeItsResumptionIsUndoneEvenIfItIsNotNeededAnyMore() {
    JournalEntry resumed = new JournalEntry.Resumed(AT, "proof");
    JobProgress progress = progress(PREPARED, CUT_OVER, PROVEN, resumed, skipped("proof"));
    assertTrue(progress.steps().get(2).needsUndo());
  }

  @Test
  void aStepThatIsNotInThePlanIsAnError() {
    assertThrows(IllegalStateException.class, () -> progress(applying("invented")));
  }

  private static JobProgress progress(Object... entries) {
    List<JournalEntry> all = new ArrayList<>(List.of(accepted(), started(1)));
    for (Object entry : entries) {
      List<?> some = entry instanceof List<?> several ? several : List.of(entry);
      some.forEach(one -> all.add((JournalEntry) one));
    }
    return JobProgress.of(all);
  }
}
