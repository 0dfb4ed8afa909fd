package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;

/** What journals really go through is what the table of lives says. */
class LifeTableTest {

  private static final Request REQUEST = Request.of(Action.UPDATE, null);
  private static final Request DRY_RUN =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  /** The states that a journal's entries tell apart. */
  private static final Set<JobState> OF_JOURNALS = EnumSet.range(JobState.QUEUED, JobState.ENDED);

  @TempDir(factory = MemoryDirectory.class)
  static Path directory;

  private static final List<Lives> ALL = new ArrayList<>();

  @BeforeAll
  static void liveEveryKindOfLife() throws IOException {
    List<List<String>> plans =
        List.of(
            ToyPlan.STEPS,
            List.of("look", "p1"),
            List.of("look", "p1", "a1"),
            List.of("look", "p1", "c1", "g1"),
            List.of("look", "p1", "c1", "g1", "a1"));
    for (List<String> steps : plans) {
      liveAndDie(steps, REQUEST, new ToyWorld());
      liveAndDie(steps, DRY_RUN, new ToyWorld());
      liveAndDie(steps, REQUEST, new ToyWorld().needless("c1"));
      for (String step : steps) {
        ToyFault fault = new ToyFault(ToyFault.When.BEFORE, ToyFault.Kind.PROBLEM);
        liveAndDie(steps, REQUEST, new ToyWorld().failing(step, fault));
        liveAndDie(steps, REQUEST, new ToyWorld().failing(step, fault).failingUndo("p1", 1));
      }
    }
    takeBackBeforeItsStart();
  }

  private static void takeBackBeforeItsStart() throws IOException {
    Path file = directory.resolve("taken-back");
    Lives lives = Lives.of(file, REQUEST, () -> ToyPlan.of(new ToyWorld()));
    lives.takenBack();
    ALL.add(lives);
  }

  private static void liveAndDie(List<String> steps, Request request, ToyWorld world)
      throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      ToyWorld own = world.copy();
      Path file = directory.resolve("journal-" + ALL.size());
      Lives lives = Lives.of(file, request, () -> ToyPlan.of(steps, own));
      died = !lives.until(new At(n, Moment.AFTER));
      lives.toTheEnd();
      lives.live(At.NEVER, new Interruption());
      ALL.add(lives);
    }
  }

  @Test
  void theTableHoldsTheTransitionsThatJournalsMakeAndNoOthers() {
    Map<JobState, Set<JobState>> table = new EnumMap<>(JobState.class);
    for (JobState state : OF_JOURNALS) {
      table.put(state, EnumSet.copyOf(state.exits()));
      table.get(state).retainAll(OF_JOURNALS);
    }
    assertEquals(table, transitions());
  }

  private static Map<JobState, Set<JobState>> transitions() {
    Map<JobState, Set<JobState>> made = new EnumMap<>(JobState.class);
    OF_JOURNALS.forEach(state -> made.put(state, EnumSet.noneOf(JobState.class)));
    for (Lives lives : ALL) {
      List<JobState> states = lives.states();
      for (int i = 1; i < states.size(); i++) {
        if (states.get(i - 1) != states.get(i)) {
          made.get(states.get(i - 1)).add(states.get(i));
        }
      }
    }
    return made;
  }

  @Test
  void everyLifeEnds() throws IOException {
    for (Lives lives : ALL) {
      assertEquals(JobState.ENDED, lives.progress().state(), () -> lives.states().toString());
    }
  }
}
