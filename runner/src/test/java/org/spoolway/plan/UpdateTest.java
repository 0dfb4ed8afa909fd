package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.journal.Evidence;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.journal.StepProgress;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** An update, with each call to the outside and what users see at that moment, in order. */
class UpdateTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  private static final Request DRY =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  private static final List<String> STEPS =
      List.of(
          "preflight",
          "resolve",
          "fetch",
          "build",
          "link",
          "seal",
          "check",
          "maintenance-on",
          "stop",
          "snapshot",
          "migrate",
          "swap",
          "start",
          "gate",
          "maintenance-off");

  /** What each step calls; those left out call nothing. */
  private static final Map<String, List<String>> CALLS =
      Map.of(
          "fetch", List.of("fetch 1.1.0 | 1.0.0", "export 1.1.0 | 1.0.0"),
          "build", List.of("build | 1.0.0"),
          "seal", List.of("sync | 1.0.0"),
          "check", List.of("pending | 1.0.0"),
          "stop", List.of("stop 1.0.0 | 1.0.0, page"),
          "snapshot", List.of("copy data to 2-1.0.0 | 1.0.0, page"),
          "migrate", List.of("migrate | 1.0.0, page"),
          "start", List.of("start 1.1.0 | 1.1.0, page"),
          "gate", List.of("ask 1.1.0 | 1.1.0, page"));

  private static final String ASK_OLD = "ask 1.0.0 | 1.0.0, page";
  private static final String PUT_BACK = "put back 2-1.0.0, aside 2-replaced | 1.0.0, page";
  private static final String START_OLD = "start 1.0.0 | 1.0.0, page";
  private static final String STOP_NEW = "stop 1.1.0 | 1.1.0, page";

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void anUpdateDoesEverythingSlowBeforeUsersCanNotice() throws IOException {
    Stage stage = Stage.installed(directory);
    assertEquals(Outcome.SUCCEEDED, stage.run(UPDATE).outcome());
    List<String> expected = new ArrayList<>();
    STEPS.forEach(step -> expected.addAll(CALLS.getOrDefault(step, List.of())));
    assertEquals(expected, stage.outside().log());
    Picture after = stage.picture();
    assertEquals(Optional.of(Stage.NEW), after.current());
    assertEquals(Stage.NEW, after.running());
    assertEquals("notes of users, schema of 1.1.0", after.data());
    assertEquals(Map.of("1.0.0", "sealed", "1.1.0", "sealed"), after.releases());
    assertEquals(List.of("current"), after.others());
    assertFalse(after.page());
  }

  @Test
  void withoutAMigrationNothingIsStoppedBeforeTheNewReleaseIsLive() throws IOException {
    Stage stage = Flow.UPDATE_WITHOUT_MIGRATION.stage(directory);
    stage.mustSucceed(UPDATE);
    List<String> log = stage.outside().log();
    assertEquals(
        List.of(
            "pending | 1.0.0",
            "stop 1.0.0 | 1.1.0, page",
            "start 1.1.0 | 1.1.0, page",
            "ask 1.1.0 | 1.1.0, page"),
        log.subList(log.indexOf("pending | 1.0.0"), log.size()));
    assertEquals("notes of users", stage.picture().data());
  }

  @Test
  void aMigrationRunsBecauseTheReleaseSaysSo() throws IOException {
    assertMigrates(
        Stage.installed(directory), UPDATE, "the release says that migrations are pending");
  }

  @Test
  void aMigrationThatNobodyCanAskForIsAssumed() throws IOException {
    Stage stage = Stage.installed(directory);
    stage.configure(Deployments::withoutPending);
    String why =
        "the data must follow the code, and `migrate.pending` names no command that knows better";
    assertMigrates(stage, DRY, why);
    assertMigrates(stage, UPDATE, why);
  }

  @Test
  void aPlanSaysThatTheReleaseIsStillToBeAsked() throws IOException {
    String why = "the data must follow the code, unless the release says that nothing is pending";
    assertMigrates(Stage.installed(directory), DRY, why);
  }

  private static void assertMigrates(Stage stage, Request request, String why) throws IOException {
    Lives lives = stage.accept(request);
    lives.toTheEnd();
    List<String> reasons =
        lives.progress().steps().stream()
            .filter(step -> step.name().equals("migrate"))
            .map(StepProgress::why)
            .toList();
    assertEquals(List.of(why), reasons);
  }

  @Test
  void theFirstReleaseIsInstalledWithoutAPage() throws IOException {
    Stage stage = Stage.empty(directory);
    stage.mustSucceed(UPDATE);
    List<String> log = stage.outside().log();
    assertEquals(
        List.of(
            "pending | none",
            "copy data to 1-empty | none",
            "migrate | none",
            "start 1.0.0 | 1.0.0",
            "ask 1.0.0 | 1.0.0"),
        log.subList(log.indexOf("pending | none"), log.size()));
    assertEquals("schema of 1.0.0", stage.picture().data());
  }

  @Test
  void aReleaseHoldsLinksToWhatOutlivesIt() throws IOException {
    Stage stage = Stage.empty(directory);
    stage.mustSucceed(UPDATE);
    Path release = stage.site().application().release("1.0.0");
    assertEquals(Path.of("../../shared/.env"), Files.readSymbolicLink(release.resolve(".env")));
    assertEquals(Path.of("../../shared/media"), Files.readSymbolicLink(release.resolve("media")));
    assertEquals("SECRET=1", Files.readString(release.resolve(".env")));
    assertTrue(Files.isDirectory(release.resolve("media")));
  }

  @Test
  void aReleaseThatIsHereAlreadyIsNotMadeAgain() throws IOException {
    Stage stage = Flow.ROLLBACK.stage(directory);
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    stage.outside().forget();
    stage.mustSucceed(Request.of(Action.UPDATE, Stage.NEW));
    assertEquals("pending | 1.0.0", stage.outside().log().get(0));
  }

  @Test
  void whatIsLiveAlreadyIsLeftUnchanged() throws IOException {
    Stage stage = Stage.empty(directory);
    stage.mustSucceed(UPDATE);
    Picture before = stage.picture();
    stage.outside().forget();
    assertEquals(new Ending(Outcome.UNCHANGED, null), stage.run(UPDATE));
    assertEquals(before, stage.picture());
    assertEquals(List.of(), stage.outside().log());
  }

  @Test
  void aDryRunCallsNothingAndChangesNothing() throws IOException {
    Stage stage = Stage.installed(directory);
    Picture before = stage.picture();
    Lives lives = stage.accept(DRY);
    assertEquals(new Ending(Outcome.PLANNED, null), lives.toTheEnd());
    assertEquals(before, stage.picture());
    assertEquals(List.of(), stage.outside().log());
    assertEquals(Optional.of("1.1.0"), lives.progress().fact(Evidence.TO));
  }

  static Stream<Arguments> everyStep() {
    return STEPS.stream()
        .flatMap(step -> Stream.of(Spoiled.When.values()).map(when -> Arguments.of(step, when)));
  }

  @ParameterizedTest
  @MethodSource("everyStep")
  void aStepThatFailsIsFollowedByItsUndoAndThoseBeforeIt(String step, Spoiled.When when)
      throws IOException {
    Stage stage = Stage.installed(directory);
    stage.accept(UPDATE, "operator", plan -> Spoiled.plan(plan, step, when)).toTheEnd();
    List<String> expected = new ArrayList<>();
    for (String done : STEPS.subList(0, STEPS.indexOf(step))) {
      expected.addAll(CALLS.getOrDefault(done, List.of()));
    }
    boolean ran = when == Spoiled.When.AFTER;
    expected.addAll(ran ? CALLS.getOrDefault(step, List.of()) : List.of());
    expected.addAll(callsOfGoingBack(step, ran));
    assertEquals(expected, stage.outside().log());
  }

  private static List<String> callsOfGoingBack(String step, boolean ran) {
    int k = STEPS.indexOf(step);
    List<String> calls = new ArrayList<>();
    if (k > STEPS.indexOf("start") || (step.equals("start") && ran)) {
      calls.add(STOP_NEW);
    }
    if (k >= STEPS.indexOf("migrate")) {
      calls.add(PUT_BACK);
    }
    if (k > STEPS.indexOf("stop") || (step.equals("stop") && ran)) {
      calls.add(START_OLD);
    }
    if (k >= STEPS.indexOf("stop")) {
      calls.add(ASK_OLD);
    }
    return calls;
  }
}
