package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.spoolway.journal.SampleEntries.AT;
import static org.spoolway.journal.SampleEntries.accepted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalEntry.PlannedStep;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Result;

/** What a plan is expected to cost. */
class ForecastTest {

  private static final List<PlannedStep> STEPS =
      List.of(
          new PlannedStep("preflight", Phase.PREPARE, false),
          new PlannedStep("fetch", Phase.PREPARE),
          new PlannedStep("maintenance-on", Phase.CHANGE),
          new PlannedStep("stop", Phase.CHANGE));

  private static final Evidence LIVE = Evidence.none().with(Evidence.FROM, "1.0.0");

  /** A plan that leaves out some steps, once the preflight has found out what must be free. */
  private static JobProgress plan(Evidence known, Evidence found, String... skipped) {
    List<JournalEntry> entries = new ArrayList<>(List.of(accepted()));
    entries.add(new JournalEntry.Started(AT, 1, 1, known, STEPS));
    entries.add(new JournalEntry.Applying(AT, "preflight", "it is needed"));
    entries.add(new JournalEntry.Applied(AT, "preflight", found));
    for (PlannedStep step : STEPS.subList(1, STEPS.size())) {
      entries.add(
          Set.of(skipped).contains(step.name())
              ? new JournalEntry.Skipped(AT, step.name(), "it is not needed")
              : new JournalEntry.Foreseen(AT, step.name(), "it is needed", null));
    }
    return JobProgress.of(entries);
  }

  private static Evidence needs(long bytes) {
    return Evidence.none().with(Evidence.NEEDED_BYTES, bytes);
  }

  private static Result.Expected expected(
      List<Long> downtimes, @Nullable Long next, JobProgress plan) {
    return new Forecast(downtimes, next, 1000).of(plan);
  }

  private static @Nullable Long closed(List<Long> downtimes, JobProgress plan) {
    return expected(downtimes, 5L, plan).downtimeMillis();
  }

  @Test
  void doorIsClosedForTheMedianOfThoseBefore() {
    JobProgress plan = plan(LIVE, needs(7));
    assertEquals(300, closed(List.of(900L, 100L, 300L, 200L, 800L), plan));
    assertEquals(250, closed(List.of(900L, 100L, 300L, 200L), plan));
    assertEquals(812, closed(List.of(812L), plan));
    assertNull(closed(List.of(), plan));
  }

  @Test
  void planThatClosesNoDoorTakesNoTimeWhateverOthersTook() {
    assertEquals(0, closed(List.of(900L), plan(LIVE, needs(7), "maintenance-on", "stop")));
    assertEquals(900, closed(List.of(900L), plan(LIVE, needs(7), "stop")));
    assertEquals(900, closed(List.of(900L), plan(LIVE, needs(7), "maintenance-on")));
  }

  @Test
  void nothingIsStoppedWhereTheDataDoNotChange() {
    Evidence still = needs(7).with(Evidence.PENDING, false);
    assertEquals(0, closed(List.of(900L), plan(LIVE, still, "maintenance-on")));
    assertEquals(900, closed(List.of(900L), plan(LIVE, still)));
  }

  @Test
  void firstReleaseClosesNothing() {
    assertEquals(0, closed(List.of(900L), plan(Evidence.none(), needs(7))));
  }

  @Test
  void releaseThatIsStillToBeFetchedIsTakenToBeAsLargeAsTheLiveOne() {
    assertEquals(
        new Result.Expected(null, 12L, 1000), expected(List.of(), 5L, plan(LIVE, needs(7))));
    assertEquals(7, expected(List.of(), 5L, plan(LIVE, needs(7), "fetch")).bytes());
  }

  @Test
  void roomThatIsNotKnownIsNotGuessed() {
    assertNull(expected(List.of(), null, plan(LIVE, needs(7))).bytes());
    assertNull(expected(List.of(), 5L, plan(LIVE, Evidence.none())).bytes());
    assertNull(expected(List.of(), 5L, plan(LIVE, Evidence.none(), "fetch")).bytes());
  }
}
