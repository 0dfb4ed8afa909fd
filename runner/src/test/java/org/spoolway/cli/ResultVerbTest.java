package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;

class ResultVerbTest {

  private static final Failure FAILURE =
      new Failure("GATE_FAILED", "gate", "cannot pass the gate: 500\nlast words", "Look.");

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.machine.clock = Home.AT_NOON;
  }

  @Test
  void resultIsShownStepByStep() throws Exception {
    home.tell(
        Home.update(
            "first",
            Outcome.ROLLED_BACK,
            FAILURE,
            Home.step("fetch", "done", "v1.1.0 at abc"),
            Home.step("gate", "failed", "cannot pass the gate: 500\nlast words")));
    FakeMachine.Ran ran = home.run("result", "first");
    assertEquals(
        """
        update of notes, asked by ada through operator 10 min ago, request first
        because: because
        from 1.0.0 to 1.1.0
          done     fetch  1.5 s     why fetch
                                    -> v1.1.0 at abc
          failed   gate   1.5 s     why gate
                                    -> cannot pass the gate: 500
                                    -> last words
        rolled back: everything is as before, 1.0.0 is live  12 s, users could notice 812 ms of it
        GATE_FAILED in gate
          cannot pass the gate: 500
          last words
        Fix: Look.
        """,
        ran.out());
    assertEquals(0, ran.code());
  }

  @Test
  void programsGetTheDocument() throws Exception {
    home.tell(Home.update("first", Outcome.SUCCEEDED, null));
    FakeMachine.Ran ran = home.run("result", "first", "--json");
    assertTrue(ran.out().startsWith("{\n  \"schema\" : \"spoolway/result/v1\""), ran.out());
    assertEquals(0, ran.code());
  }

  @Test
  void jsonHoldsNothingThatATerminalObeys() throws Exception {
    home.tell(
        Home.update("first", Outcome.FAILED, FAILURE, Home.step("x", "failed", "\u009b2J\u202e")));
    String json = home.run("result", "first", "--json").out();
    assertTrue(json.contains("\\u009b2J\\u202e"), json);
    assertFalse(json.contains("\u009b"), json);
  }

  @Test
  void unknownIdIsNotFound() {
    FakeMachine.Ran ran = home.run("result", "nobody");
    assertEquals(ExitCode.NOT_FOUND.code(), ran.code());
    assertEquals(
        """
        spoolway: cannot find request nobody: there is none with that id
        Fix: List the requests with `spoolway queue` and `spoolway history`.
        """,
        ran.err());
  }

  @Test
  void requestInItsInboxHasNoResultYet() {
    home.run("enqueue", "notes", "check", "--id", "early");
    FakeMachine.Ran ran = home.run("result", "early");
    assertEquals(ExitCode.NOT_FOUND.code(), ran.code());
    assertTrue(ran.err().contains("it waits in the inbox of operator"), ran.err());
  }

  @Test
  void idThatSeveralOriginsHaveMustBeNarrowedDown() throws Exception {
    home.tell(Home.update("twin", Outcome.SUCCEEDED, null));
    home.tell(Home.result("twin", "web", Action.CHECK, Outcome.SUCCEEDED, null));
    FakeMachine.Ran both = home.run("result", "twin");
    assertAll(
        () -> assertEquals(ExitCode.USAGE.code(), both.code()),
        () ->
            assertEquals(
                "spoolway: cannot tell which twin is meant: there is one in notes/operator and"
                    + " notes/web\nFix: Add --deployment or --origin.\n",
                both.err()),
        () -> assertTrue(home.run("result", "twin", "--origin", "web").out().startsWith("check")),
        () ->
            assertEquals(
                ExitCode.NOT_FOUND.code(),
                home.run("result", "twin", "--deployment", "wiki").code()));
  }

  /** As a runner leaves it that was asked to end while it prepared. */
  @Test
  void jobThatWasPutBackWaitsToBeStartedAgain() throws Exception {
    home.tell(Home.update("first", Outcome.QUEUED, null, Home.step("fetch", "undone", null)));
    String out = home.run("result", "first").out();
    assertTrue(out.contains("\nqueued: it was cut short and waits to be started again\n"), out);
    home.tell(Home.update("second", Outcome.QUEUED, null));
    out = home.run("result", "second").out();
    assertTrue(out.contains("\nqueued: notes has not begun with it\n"), out);
  }
}
