package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.deployment.History;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;

/** Rollback, restore and restart, with each call to the outside in order. */
class GoingBackTest {

  private static final Request ROLLBACK = Request.of(Action.ROLLBACK, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void aRollbackTakesTheDataAlongWhileNothingWasWritten() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    stage.mustSucceed(ROLLBACK);
    assertEquals(
        List.of(
            "stop 1.1.0 | 1.1.0, page",
            "copy data to 3-1.1.0 | 1.1.0, page",
            "put back 2-1.0.0, aside 3-replaced | 1.1.0, page",
            "start 1.0.0 | 1.0.0, page",
            "ask 1.0.0 | 1.0.0, page"),
        stage.outside().log());
    assertEquals("notes of users", stage.picture().data());
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
    assertTrue(stage.site().snapshots().find("3-replaced").isPresent(), "nothing is destroyed");
  }

  @Test
  void aRollbackLeavesWhatUsersHaveWrittenSince() throws IOException {
    Stage stage = calm(Flow.ROLLBACK_AFTER_USERS_WROTE);
    stage.mustSucceed(ROLLBACK);
    assertEquals("written since", stage.picture().data());
    assertTrue(stage.site().snapshots().find("2-1.0.0").isPresent(), "the old data are kept");
  }

  @Test
  void aRollbackTakesNothingAwayThatUsersHaveWrittenInAnotherForm() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    stage.outside().database.write(FakeDatabase.SCHEMA + "of 1.1.0, written since");
    Ending ending = stage.run(ROLLBACK);
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals("ROLLBACK_WOULD_LOSE", ending.failure().code());
    Request.Params asked = Request.Params.rollback(null, Request.Data.RESTORE);
    stage.mustSucceed(
        new Request(null, null, Action.ROLLBACK, asked, null, null, false, null, null, null));
    assertEquals("notes of users", stage.picture().data());
    assertTrue(stage.site().snapshots().find("4-replaced").isPresent(), "what was written is kept");
  }

  @Test
  void aRollbackOfAnUpdateThatChangedNoDataOnlyReplacesTheProcess() throws IOException {
    Stage stage = calm(Flow.ROLLBACK_WITHOUT_DATA);
    stage.mustSucceed(ROLLBACK);
    assertEquals(
        List.of("stop 1.1.0 | 1.0.0, page", "start 1.0.0 | 1.0.0, page", "ask 1.0.0 | 1.0.0, page"),
        stage.outside().log());
  }

  @Test
  void aRollbackThatFailsServesTheNewReleaseOnWithItsData() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    Picture before = stage.picture();
    stage.outside().sick.add(Stage.OLD);
    Ending ending = stage.run(ROLLBACK);
    assertEquals(Outcome.ROLLED_BACK, ending.outcome());
    assertEquals("GATE_FAILED", ending.failure().code());
    assertEquals(before, stage.picture());
    List<String> log = stage.outside().log();
    assertEquals(
        List.of(
            "stop 1.0.0 | 1.0.0, page",
            "put back 3-1.1.0, aside 3-undone | 1.1.0, page",
            "start 1.1.0 | 1.1.0, page",
            "ask 1.1.0 | 1.1.0, page"),
        log.subList(log.size() - 4, log.size()));
  }

  @Test
  void byteCodeThatTheOldReleaseLeftBesideItsSourcesDoesNotBarTheWayBack() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    Path bin = stage.site().application().release("1.0.0").resolve("bin");
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path cache = Files.createDirectory(bin.resolve("__pycache__"));
    Files.writeString(cache.resolve("serve.cpython-311.pyc"), "code");
    stage.mustSucceed(ROLLBACK);
  }

  @Test
  void asSoonAsItIsBackAnotherRollbackHasNothingToDoAndSaysWhy() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    stage.mustSucceed(ROLLBACK);
    assertUnchanged(
        stage,
        null,
        "1.0.0 is live already, the release before the last successful update (to 1.1.0);"
            + " any other has to be named");
  }

  @Test
  void aRollbackToWhatIsLiveHasNothingToDo() throws IOException {
    assertUnchanged(calm(Flow.ROLLBACK), Stage.NEW, "1.1.0 is live already");
  }

  @Test
  void aRollbackThatLeadsToANewerReleaseSaysSo() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    Lives back = stage.accept(ROLLBACK);
    back.toTheEnd();
    assertEquals(
        "1.1.0 goes back to 1.0.0, its data come back", back.progress().steps().get(1).detail());
    Lives forward = stage.accept(Request.of(Action.ROLLBACK, Stage.NEW));
    forward.toTheEnd();
    assertEquals(
        "1.0.0 goes forward again to 1.1.0, the data stay",
        forward.progress().steps().get(1).detail());
  }

  private static void assertUnchanged(Stage stage, Version named, String why) throws IOException {
    Lives lives = stage.accept(Request.of(Action.ROLLBACK, named));
    assertEquals(new Ending(Outcome.UNCHANGED, null), lives.toTheEnd());
    assertEquals(Optional.of(why), lives.progress().fact(Evidence.UNCHANGED));
    assertEquals(why, lives.progress().steps().get(1).detail());
  }

  @Test
  void whatWasGoneBackFromIsNotTakenAgainUnlessItIsNamed() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    stage.mustSucceed(ROLLBACK);
    assertEquals(Outcome.UNCHANGED, stage.run(Request.of(Action.UPDATE, null)).outcome());
    stage.mustSucceed(Request.of(Action.UPDATE, Stage.NEW));
    assertEquals(Optional.of(Stage.NEW), stage.picture().current());
  }

  @Test
  void anOriginThatMayNotRollBackCannotNameAnOlderRelease() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    Request older = Request.of(Action.UPDATE, Stage.OLD);
    Ending refused = stage.accept(older, "web", plan -> plan).toTheEnd();
    assertEquals(Outcome.FAILED, refused.outcome());
    assertEquals("DOWNGRADE_REFUSED", refused.failure().code());
    assertEquals("resolve", refused.failure().step());
    stage.mustSucceed(older);
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
  }

  @Test
  void anOriginThatMayNotRollBackCannotNameWhatIsNotOnTheChannel() throws IOException {
    Stage stage = calm(Flow.UPDATE);
    Version candidate = new Version("1.2.0-rc.1");
    stage.offer(candidate);
    Request named = Request.of(Action.UPDATE, candidate);
    Ending refused = stage.accept(named, "web", plan -> plan).toTheEnd();
    assertEquals(Outcome.FAILED, refused.outcome());
    assertEquals("VERSION_NOT_OFFERED", refused.failure().code());
    assertEquals("resolve", refused.failure().step());
    assertEquals(
        "cannot update to 1.2.0-rc.1: 1.2.0-rc.1 is a pre-release, and `source.channel` is stable",
        refused.failure().message());
    stage.mustSucceed(named);
    assertEquals(Optional.of(candidate), stage.picture().current());
  }

  static Stream<Arguments> refusals() {
    Version kept = Stage.OLD;
    Version unknown = new Version("0.9.0");
    return Stream.of(
        Arguments.of(Flow.FIRST_INSTALL, null, "NOT_INSTALLED"),
        Arguments.of(Flow.UPDATE, null, "NOTHING_TO_GO_BACK_TO"),
        Arguments.of(Flow.ROLLBACK, unknown, "VERSION_UNKNOWN"),
        Arguments.of(Flow.FIRST_INSTALL, kept, "NOT_INSTALLED"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRollbackThatLeadsNowhereIsRefused(Flow flow, Version version, String code)
      throws IOException {
    Stage stage = calm(flow);
    Picture before = stage.picture();
    Ending ending = stage.run(Request.of(Action.ROLLBACK, version));
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals(code, ending.failure().code());
    assertEquals("resolve", ending.failure().step());
    assertEquals(before, stage.picture());
  }

  @Test
  void aDryRunThatFailsIsNothingThatWasDone() throws IOException {
    Stage stage = calm(Flow.UPDATE);
    List<History.Entry> before = stage.site().history().entries();
    Ending ending =
        stage.run(
            new Request(null, null, Action.ROLLBACK, null, null, null, true, null, null, null));
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals(before, stage.site().history().entries());
  }

  @Test
  void aRestorePutsTheNamedDataInPlaceAndKeepsThePresentOnes() throws IOException {
    Stage stage = calm(Flow.RESTORE);
    stage.mustSucceed(Flow.RESTORE.request());
    assertEquals(
        List.of(
            "stop 1.0.0 | 1.0.0, page",
            "copy data to 3-1.0.0 | 1.0.0, page",
            "put back 2-1.0.0, aside 3-replaced | 1.0.0, page",
            "start 1.0.0 | 1.0.0, page",
            "ask 1.0.0 | 1.0.0, page"),
        stage.outside().log());
    assertEquals("notes of users", stage.picture().data());
    assertTrue(stage.site().snapshots().find("3-replaced").isPresent());
  }

  @Test
  void aSnapshotOfAnotherReleaseIsNotRestored() throws IOException {
    Stage stage = calm(Flow.ROLLBACK);
    Ending ending = stage.run(Flow.RESTORE.request());
    assertEquals("SNAPSHOT_OF_OTHER_VERSION", ending.failure().code());
  }

  @Test
  void aDamagedSnapshotIsNoticedBeforeAnythingStops() throws IOException {
    Stage stage = Flow.RESTORE.stage(directory);
    stage.outside().database.fail(FakeDatabase.Call.STAGE, Problem.RESTORE_FAILED);
    Ending ending = stage.run(Flow.RESTORE.request());
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals("stage", ending.failure().step());
  }

  @Test
  void dataWhoseSnapshotIsGoneAreNotCalledAsBefore() throws IOException {
    Stage stage = Stage.installed(directory);
    stage
        .outside()
        .commands
        .on(
            "migrate",
            (command, output, interruption) -> {
              vanish(stage.site().application().snapshots());
              return new Commands.Exit.Status(1);
            });
    Ending ending = stage.run(Request.of(Action.UPDATE, null));
    assertEquals(Outcome.NEEDS_INTERVENTION, ending.outcome());
    String message = ending.failure().message();
    assertTrue(message.contains("it is not there any more"), message);
  }

  private static void vanish(Path tree) {
    try {
      Trees.delete(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSnapshotThatIsNotThereIsNotRestored() throws IOException {
    Stage stage = calm(Flow.UPDATE);
    Ending ending = stage.run(Flow.RESTORE.request());
    assertEquals("SNAPSHOT_UNKNOWN", ending.failure().code());
  }

  @Test
  void aRestartStopsAndStartsTheLiveReleaseAndProvesIt() throws IOException {
    Stage stage = calm(Flow.RESTART);
    stage.mustSucceed(Flow.RESTART.request());
    assertEquals(
        List.of("stop 1.0.0 | 1.0.0", "start 1.0.0 | 1.0.0", "ask 1.0.0 | 1.0.0"),
        stage.outside().log());
  }

  @Test
  void aBackupIsTakenWhileTheApplicationServes() throws IOException {
    Stage stage = calm(Flow.BACKUP);
    stage.mustSucceed(Flow.BACKUP.request());
    assertEquals(List.of("copy data to 2-1.0.0 | 1.0.0"), stage.outside().log());
    assertEquals("backup", stage.site().snapshots().find("2-1.0.0").orElseThrow().reason());
  }

  /** A stage whose list of calls begins now. */
  private Stage calm(Flow flow) throws IOException {
    Stage stage = flow.stage(directory);
    stage.outside().forget();
    return stage;
  }
}
