package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class ExplainVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.deployment(
        "notes",
        "[build]\nrun = [[\"make\"]]\n[service]\ntype = \"process\"\nrun = [\"./serve\"]\n");
    home.run("enqueue", "notes", "update", "--version", "1.0.0", "--id", "first");
  }

  private void assertEndsWith(String text) {
    FakeMachine.Ran ran = home.run("explain", "first");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().endsWith(text), ran.out());
  }

  @Test
  void requestInItsInboxWillBeClaimed() {
    assertEndsWith(
        "It waits in its inbox, and no runner lives.\nA restart claims it in its turn.\n");
  }

  @Test
  void requestInTheQueueStaysThere() throws Exception {
    home.run("pause", "notes");
    home.drain();
    assertEndsWith(
        """
        It waits for its turn, and no runner lives.
        The queue is paused; `spoolway resume notes` lets it go on.
        A restart queues it again, in the same place.
        """);
  }

  @Test
  void requestThatIsHeldSaysUntilWhen() throws Exception {
    home.run(
        "enqueue", "notes", "check", "--id", "later", "--not-before", "2999-01-01T00:00:00.5Z");
    home.drain();
    FakeMachine.Ran ran = home.run("explain", "later");
    assertTrue(
        ran.out().contains("\nIt is held until 2999-01-01T00:00:00Z, and no runner lives.\n"),
        ran.out());
  }

  @Test
  void jobCutShortInPrepareIsUndone() throws Exception {
    CutShort.in("build", home);
    assertEndsWith(
        """
        It prepares what users cannot notice, and no runner lives.
        A restart undoes what was prepared and tries again.
        """);
    String json = home.run("explain", "first", "--json").out();
    assertAll(
        () -> assertTrue(json.contains("\"state\" : \"preparing\""), json),
        () ->
            assertTrue(
                json.contains("\"onRestart\" : \"undoes what was prepared and tries again\""),
                json));
  }

  @Test
  void jobCutShortBeforeAnythingWasToldIsFoundByItsJournal() throws Exception {
    CutShort.in("build", home);
    Files.deleteIfExists(home.spool().result("operator", "first"));
    assertEquals(
        """
        It prepares what users cannot notice, and no runner lives.
        A restart undoes what was prepared and tries again.
        """,
        home.run("explain", "first").out());
  }

  @Test
  void jobWhoseReleaseIsLiveHasToProveItself() throws Exception {
    CutShort.in("start", home);
    assertEndsWith(
        """
        The new release is live and has to prove itself, and no runner lives.
        A restart asks the new release again; it stays if it passes the gate, otherwise the previous one is put back.
        """);
  }

  @Test
  void jobThatHasEndedIsToldStepByStep() throws Exception {
    home.drain();
    FakeMachine.Ran ran = home.run("explain", "first");
    assertAll(
        () -> assertTrue(ran.out().startsWith("update of notes, asked by ada"), ran.out()),
        () -> assertTrue(ran.out().contains("1 command in the new release"), ran.out()),
        () -> assertTrue(ran.out().contains("succeeded: notes 1.0.0 is installed"), ran.out()));
    assertEndsWith("It has ended.\nA restart has nothing left to do.\n");
    String json = home.run("explain", "first", "--json").out();
    assertTrue(json.contains("\"schema\" : \"spoolway/result/v1\""), json);
  }

  @Test
  void jobWhoseUndoFailedIsTriedAgain() throws Exception {
    ProblemException stuck =
        new ProblemException(Problem.SERVICE_STOP_FAILED, "cannot stop notes: it hangs");
    home.machine.probe =
        (version, interruption) -> new org.spoolway.host.HealthProbe.Answer(false, "500");
    home.machine.services.failStart(
        new ProblemException(Problem.SERVICE_START_FAILED, "cannot start notes: it crashes"));
    home.machine.services.failStop(stuck);
    home.drain();
    assertEndsWith(
        """
        Its undo failed, and nothing else runs until that is put right, and no runner lives.
        A restart goes on undoing.
        """);
    assertEquals(ExitCode.NEEDS_INTERVENTION.code(), home.run("recover", "notes").code());
    home.machine.services.failStop(null);
    FakeMachine.Ran recovered = home.run("recover");
    assertEquals(
        new FakeMachine.Ran(0, "notes: the undo that had failed is complete now\n", ""), recovered);
    assertEndsWith("It has ended.\nA restart has nothing left to do.\n");
  }

  @Test
  void unknownIdIsNotFound() {
    assertEquals(ExitCode.NOT_FOUND.code(), home.run("explain", "nobody").code());
  }
}
