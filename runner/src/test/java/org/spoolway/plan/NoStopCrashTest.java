package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;

/**
 * An update whose migrations only add, with a runner that dies anywhere in it: one of the two
 * releases serves in the end, nobody sees the page, and the old one is never stopped while it is
 * live.
 */
class NoStopCrashTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final Version NEXT = new Version("1.2.0");

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int stages;

  @ParameterizedTest
  @EnumSource
  void aDeathAtAnyAppendLeavesOneOfTheTwoServing(Moment moment) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Stage stage = stage();
      Lives lives = stage.accept(UPDATE);
      died = !lives.until(new At(n, moment));
      assertOneServes(stage, lives, moment + " append " + n);
    }
  }

  @Test
  void aDeathBeforeOrAfterAnyCallLeavesOneOfTheTwoServing() throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Stage early = stage();
      early.outside().dieBefore(n);
      dieAndLive(early, "before call " + n);
      Stage late = stage();
      late.outside().dieAfter(n);
      died = dieAndLive(late, "after call " + n);
    }
  }

  private static boolean dieAndLive(Stage stage, String where) throws IOException {
    Lives lives = stage.accept(UPDATE);
    boolean died = !lives.until(At.NEVER);
    assertOneServes(stage, lives, where);
    return died;
  }

  private Stage stage() throws IOException {
    Stage stage = Stage.installed(Files.createDirectory(directory.resolve("stage-" + ++stages)));
    stage.configure(Deployments::behindASocket);
    stage.configure(Deployments::contracting);
    stage.outside().commands.on("contract", new Commands.Exit.Status(0));
    stage.offerExpanding(NEXT);
    return stage;
  }

  private static void assertOneServes(Stage stage, Lives lives, String where) throws IOException {
    lives.toTheEnd();
    Ending ending = stage.remember(UPDATE, lives);
    String what = "died " + where + ": " + ending + " " + stage.outside().log();
    boolean isNew = ending.outcome() == Outcome.SUCCEEDED;
    Picture after = stage.picture();
    assertTrue(isNew || ending.outcome() == Outcome.ROLLED_BACK, what);
    assertEquals(Optional.of(isNew ? NEXT : Stage.OLD), after.current(), what);
    assertEquals(isNew ? NEXT : Stage.OLD, after.running(), what);
    assertTrue(String.valueOf(after.data()).startsWith("notes of users"), what);
    assertEquals(List.of("1-empty"), after.snapshots(), what);
    List<String> log = stage.outside().log();
    assertFalse(log.stream().anyMatch(call -> call.contains("page")), what);
    assertFalse(log.contains("stop 1.0.0 | 1.0.0"), what);
    assertEquals(isNew, log.contains("contract | 1.2.0"), what);
    if (!isNew) {
      stage.mustSucceed(UPDATE);
    }
  }
}
