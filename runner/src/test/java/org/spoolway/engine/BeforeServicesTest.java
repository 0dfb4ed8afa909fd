package org.spoolway.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** What is decided while the host starts, and what is left to the runner that comes after. */
class BeforeServicesTest {

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final ToyWorld world = new ToyWorld();
  private Lives lives;

  @BeforeEach
  void accept() throws IOException {
    lives =
        Lives.of(
            directory.resolve("journal"), Request.of(Action.UPDATE, null), () -> ToyPlan.of(world));
  }

  private void dieIn(String step) throws IOException {
    assertFalse(
        lives.until(new At(2 + 2 * ToyPlan.STEPS.indexOf(step), Moment.AFTER)), world::toString);
  }

  @Test
  void aReleaseThatIsSwappedInStaysAndItsProofIsLeft() throws IOException {
    dieIn("g1");
    lives.untilServices();
    assertTrue(world.isNew("c3"), world::toString);
    assertFalse(world.isNew("g1"), world::toString);
    assertFalse(lives.ending().outcome().isTerminal());
    assertEquals(Outcome.SUCCEEDED, lives.toTheEnd().outcome());
  }

  @Test
  void aChangeCutShortIsUndoneButForTheStartOfWhatWasStopped() throws IOException {
    dieIn("c2");
    lives.untilServices();
    assertFalse(world.isNew("c2"), world::toString);
    assertTrue(world.isNew(ToyPlan.STOPPING), world::toString);
    assertFalse(lives.ending().outcome().isTerminal());
    assertEquals(Outcome.ROLLED_BACK, lives.toTheEnd().outcome());
    assertTrue(world.isAllOld(), world::toString);
  }

  @Test
  void toDecideTwiceChangesNothing() throws IOException {
    dieIn("c2");
    lives.untilServices();
    String once = world.toString();
    lives.untilServices();
    assertEquals(once, world.toString());
  }

  @Test
  void aJobThatNobodyNoticedIsUndoneWhole() throws IOException {
    dieIn("p2");
    lives.untilServices();
    assertTrue(world.isAllOld(), world::toString);
    assertEquals(JobState.QUEUED, lives.progress().state());
  }
}
