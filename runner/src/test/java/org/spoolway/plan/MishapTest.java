package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** Updates that go wrong as updates do: the old release serves on with the old data. */
class MishapTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int stages;

  @ParameterizedTest
  @EnumSource(Mishap.class)
  void aMishapIsToldByItsNameAndChangesNothing(Mishap mishap) throws IOException {
    Stage stage = Stage.installed(directory);
    mishap.strike(stage);
    Picture before = stage.picture();
    Ending ending = stage.run(UPDATE);
    assertEquals(mishap.outcome(), ending.outcome(), ending::toString);
    assertEquals(mishap.problem().name(), ending.failure().code());
    assertEquals(mishap.step(), ending.failure().step());
    assertTrue(ending.failure().message().startsWith("cannot "), ending::toString);
    assertEquals(before, stage.picture());
  }

  @ParameterizedTest
  @EnumSource(Mishap.class)
  void aMishapBeforeUsersCouldNoticeNeverShowsThePage(Mishap mishap) throws IOException {
    Stage stage = Stage.installed(directory);
    mishap.strike(stage);
    stage.run(UPDATE);
    boolean noticed = stage.outside().log().stream().anyMatch(line -> line.endsWith(", page"));
    assertTrue(
        !noticed || mishap.outcome() == Outcome.ROLLED_BACK, stage.outside().log()::toString);
  }

  /** Those that leave something half done. */
  static Stream<Mishap> halfDone() {
    return Stream.of(
        Mishap.DISK_IS_FULL,
        Mishap.BUILD_FAILS,
        Mishap.MIGRATION_FAILS_HALFWAY,
        Mishap.START_COMMAND_EXITS_AT_ONCE,
        Mishap.PROCESS_DIES_WHILE_IT_IS_ASKED);
  }

  @ParameterizedTest
  @MethodSource("halfDone")
  void aMishapAndADeathAtAnyAppendChangeNothing(Mishap mishap) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Stage stage = Stage.installed(directory.resolve("stage-" + ++stages));
      mishap.strike(stage);
      Picture before = stage.picture();
      Lives lives = stage.accept(UPDATE);
      died = !lives.until(new At(n, Moment.POWER_CUT));
      Ending ending = lives.toTheEnd();
      String where = mishap + ", died at " + n;
      assertTrue(
          List.of(Outcome.FAILED, Outcome.ROLLED_BACK).contains(ending.outcome()),
          () -> where + ": " + ending);
      assertEquals(before, stage.picture(), where);
    }
  }

  @Test
  void anOldReleaseThatDoesNotComeBackNeedsPeopleAndThenComesBack() throws IOException {
    Stage stage = Stage.installed(directory);
    Picture before = stage.picture();
    stage.outside().stillborn.add(Stage.NEW);
    stage.outside().sick.add(Stage.OLD);
    Lives lives = stage.accept(UPDATE);
    Ending stuck = lives.toTheEnd();
    assertEquals(Outcome.NEEDS_INTERVENTION, stuck.outcome());
    assertEquals("stop", stuck.failure().step());
    assertTrue(stage.picture().page(), "users see the page while nothing serves well");
    stage.outside().sick.clear();
    Ending cured = lives.toTheEnd();
    assertEquals(Outcome.ROLLED_BACK, cured.outcome());
    assertEquals("SERVICE_START_FAILED", cured.failure().code());
    assertEquals(before, stage.picture());
  }

  @Test
  void dataAreNotPutBackUnderAMigrationThatCannotBeEnded() throws IOException {
    Stage stage = Stage.installed(directory);
    Picture before = stage.picture();
    Mishap.MIGRATION_FAILS_HALFWAY.strike(stage);
    stage.outside().commands.setImmortal(true);
    Lives lives = stage.accept(UPDATE);
    Ending stuck = lives.toTheEnd();
    assertEquals(Outcome.NEEDS_INTERVENTION, stuck.outcome());
    assertEquals("migrate", stuck.failure().step());
    assertEquals(
        List.of(), stage.outside().log().stream().filter(l -> l.contains("put back")).toList());
    stage.outside().commands.setImmortal(false);
    assertEquals(Outcome.ROLLED_BACK, lives.toTheEnd().outcome());
    assertEquals(before, stage.picture());
  }

  @Test
  void aFirstInstallThatFailsLeavesNoCurrent() throws IOException {
    for (Mishap mishap : List.of(Mishap.BUILD_FAILS, Mishap.MIGRATION_FAILS_HALFWAY)) {
      Stage stage = Stage.empty(directory.resolve(mishap.name()));
      mishap.strike(stage);
      Picture before = stage.picture();
      assertEquals(mishap.outcome(), stage.run(UPDATE).outcome());
      assertEquals(before, stage.picture());
    }
  }

  @Test
  void aKeptReleaseThatIsNotAsItWasSealedIsNotUsed() throws IOException {
    Stage stage = Flow.ROLLBACK.stage(directory);
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    Path release = stage.site().application().release("1.1.0");
    Files.setPosixFilePermissions(release, PosixFilePermissions.fromString("rwxr-xr-x"));
    Trees.delete(release.resolve("bin"));
    Picture before = stage.picture();
    Ending ending = stage.run(Request.of(Action.UPDATE, Stage.NEW));
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals("RELEASE_DAMAGED", ending.failure().code());
    assertTrue(ending.failure().message().contains("bin/serve"), ending::toString);
    assertEquals(before, stage.picture());
  }

  @Test
  void aFailedMigrationKeepsWhatItMadeOfTheDataAside() throws IOException {
    Stage stage = Stage.installed(directory);
    Mishap.MIGRATION_FAILS_HALFWAY.strike(stage);
    stage.run(UPDATE);
    assertEquals("replaced", stage.site().snapshots().find("2-replaced").orElseThrow().reason());
  }
}
