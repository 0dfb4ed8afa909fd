package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase.Call;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/** A migration fails, and the data cannot be put back: people are needed, and then it goes on. */
class BrokenUndoTest {

  private static final Version OLD = new Version("1.0.0");

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void breakAnUndo() throws IOException {
    place = new Workplace(directory).installed();
    place.commands.on(
        "migrate",
        (command, output, interruption) -> {
          place.database.write("half migrated");
          return new Commands.Exit.Status(1);
        });
    place.database.fail(Call.RESTORE, Problem.RESTORE_FAILED);
    place.touch("update");
    place.drain();
    assertEquals(Outcome.NEEDS_INTERVENTION, place.result("update").state());
    assertTrue(Files.exists(place.state.brokenJournal()));
  }

  private int starts() {
    return (int) place.services.calls().stream().filter(c -> c.startsWith("start")).count();
  }

  @Test
  void nothingIsStartedOnDataThatAreStillToBePutBack() throws IOException {
    int before = starts();
    place.drain();
    place.touch("restart");
    place.drain();
    assertEquals(before, starts());
    assertNull(place.services.running());
    assertEquals("UNDO_PENDING", place.result("restart").error().code());
  }

  @Test
  void theStatusTellsUntilItIsMended() throws IOException {
    Status.Broken broken = place.status().broken();
    assertEquals("update", broken.id().value());
    assertEquals("migrate", broken.step());
    assertTrue(broken.fix().contains("spoolway recover"), broken::fix);
    place.database.mend(Call.RESTORE);
    place.drain();
    assertNull(place.status().broken());
  }

  /** What the application printed is for those who may read the result. */
  @Test
  void theStatusTellsEverybodyNoMoreThanTheFirstLine() throws IOException {
    place.database.fail(
        Call.RESTORE, Problem.RESTORE_FAILED, "cannot restore: the last lines:\npassword=1");
    place.drain();
    assertEquals("cannot restore: the last lines:", place.status().broken().message());
  }

  /** The database is gone for good: somebody puts the data in place and says so. */
  @Test
  void whatSomebodyHasUndoneByHandIsNotTriedAgain() throws IOException {
    place.database.write("notes of users");
    Worker.Recovered stuck = place.worker(Worker.Mode.DRAIN).recoverOnly(Worker.Repair.TRY_AGAIN);
    assertEquals("migrate", stuck.broken().orElseThrow().step());
    Worker.Recovered done = place.worker(Worker.Mode.DRAIN).recoverOnly(Worker.Repair.TAKE_AS_DONE);
    assertTrue(done.repaired());
    assertEquals(Optional.empty(), done.broken());
    assertEquals(OLD, place.services.running());
    assertEquals("notes of users", place.database.content());
  }

  @Test
  void whoeverHasToWaitIsToldForWhat() throws IOException {
    place.touch("restart");
    place.drain();
    assertEquals(
        "cannot start restart: update is still to be undone",
        place.result("restart").error().message());
  }

  @Test
  void aCheckIsCarriedOutAllTheSame() throws IOException {
    place.touch("check");
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("check").state());
  }

  @Test
  void onceMendedTheNextJobFindsEverythingAsBefore() throws IOException {
    place.database.mend(Call.RESTORE);
    place.touch("restart");
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("restart").state());
    assertEquals("notes of users", place.database.content());
    assertEquals(OLD, place.services.running());
    assertFalse(Files.exists(place.state.brokenJournal()));
    assertEquals(Outcome.NEEDS_INTERVENTION, place.result("update").state());
  }

  /** Somebody has started the old release by hand meanwhile: it must not write while we restore. */
  @Test
  void whatWasStartedByHandIsStoppedBeforeTheDataComeBack() throws IOException {
    place.database.mend(Call.RESTORE);
    place.services.setRunning(OLD);
    int before = place.services.calls().size();
    place.drain();
    List<String> calls = place.services.calls();
    assertEquals(List.of("stop", "start 1.0.0"), calls.subList(before, calls.size()));
    assertEquals("notes of users", place.database.content());
  }

  /** The runner died between telling of the failed undo and putting the journal by. */
  @Test
  void aToldBrokenJournalIsPutByByTheNextLife() throws IOException {
    Files.move(place.state.brokenJournal(), place.state.journal("1700000000000.000001.operator"));
    var told = place.result("update");
    int before = starts();
    place.drain();
    assertTrue(Files.exists(place.state.brokenJournal()));
    assertEquals(List.of(), Workplace.names(place.state.journals()));
    assertEquals(before, starts());
    assertEquals(told, place.result("update"));
  }

  @Test
  void aBrokenJournalThatTheDiskDamagedHoldsUpNothing() throws IOException {
    Files.writeString(place.state.brokenJournal(), "rubbish\n");
    place.touch("check");
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("check").state());
    assertEquals("rubbish\n", Files.readString(place.state.path().resolve("damaged.broken")));
    assertFalse(Files.exists(place.state.brokenJournal()));
  }
}
