package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A release that is no good changes nothing: not the code, not the data, not what users see. */
class FailingReleaseTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private World before;
  private long pid;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"2s\"");
    spool = application.installed();
    application.addNote();
    before = application.world();
    pid = application.pid();
  }

  private JsonNode update(Release release) {
    application.release("1.1.0", release.schema(2));
    return spool.ask("update@1.1.0");
  }

  /** Everything is as before, and the same process never stopped serving. */
  private void assertNothingNoticed() {
    assertEquals(before, application.world());
    assertEquals(pid, application.pid());
    assertTrue(Processes.isAlive(pid));
    assertNothingLeft();
  }

  /** Everything is as before, but by a new process of the old release. */
  private void assertAllPutBack() {
    assertEquals(before, application.world());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertFalse(application.maintenance());
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    assertTrue(spool.list("processing").isEmpty(), () -> spool.list("processing").toString());
    assertEquals(
        "succeeded", Results.text(spool.ask("check"), "state"), "the next request is served");
  }

  @Test
  void failingBuildIsNoticedByNobody() {
    JsonNode result = update(new Release().build("echo no compiler >&2; exit 3"));

    Results.assertError("failed", "BUILD_FAILED", "build", result);
    assertTrue(Results.text(result.path("error"), "message").contains("exited with status 3"));
    assertTrue(spool.log(result).contains("no compiler"));
    assertTrue(result.path("downtimeMillis").isNull());
    assertNothingNoticed();
  }

  @Test
  void migrationThatFailsHalfwayGivesTheDataBack() {
    JsonNode result =
        update(
            new Release()
                .migrate(
                    "sqlite3 $SPOOLWAY_SHARED/app.db 'DELETE FROM notes; DROP TABLE notes; CREATE TABLE half (x)'\n"
                        + "echo half done >&2; exit 4"));

    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", result);
    assertEquals("failed", Results.text(Results.step(result, "migrate"), "state"));
    assertEquals("undone", Results.text(Results.step(result, "stop"), "state"));
    assertTrue(spool.log(result).contains("half done"));
    assertAllPutBack();
  }

  @Test
  void releaseThatNeverGetsHealthyIsTakenBackWithItsMigration() {
    JsonNode result = update(new Release().health("unavailable"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertTrue(Results.text(result.path("error"), "message").contains("503"));
    assertEquals("undone", Results.text(Results.step(result, "migrate"), "state"));
    assertAllPutBack();
  }

  @Test
  void releaseThatAnswersWithTheOldVersionDoesNotPassTheGate() {
    JsonNode result = update(new Release().health("says 1.0.0"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertTrue(Results.text(result.path("error"), "message").contains("1.0.0"));
    assertAllPutBack();
  }

  @Test
  void startCommandThatExitsAtOnceFailsTheStepStart() {
    JsonNode result = update(new Release().health("exits"));

    Results.assertError("rolled_back", "SERVICE_START_FAILED", "start", result);
    assertTrue(Results.text(result.path("error"), "message").contains("this release is broken"));
    assertAllPutBack();
  }

  @Test
  void failingReleaseWithoutMigrationIsTakenBackToo() {
    application.release("1.0.1", new Release().health("unavailable"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", spool.ask("update"));

    assertAllPutBack();
  }

  @Test
  void unknownVersionFailsTheStepResolve() {
    Results.assertError("failed", "VERSION_UNKNOWN", "resolve", spool.ask("update@7.0.0"));

    assertNothingNoticed();
  }

  @Test
  void vanishedTagIsAVersionThatIsNotThere() {
    application.release("1.1.0", new Release().schema(2));
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    application.repository().git("tag", "--delete", "v1.1.0");

    Results.assertError("failed", "VERSION_UNKNOWN", "resolve", spool.ask("update@1.1.0"));

    assertNothingNoticed();
  }

  @Test
  void firstReleaseThatFailsLeavesNoCurrent() {
    SampleApplication other = new SampleApplication(home, "other");
    other.file().set("health", "timeout", "\"1s\"");
    other.release("1.0.0", new Release().health("unavailable")).write();
    // The runner that works all deployments takes up one that comes.
    Until.isTrue("its inbox", () -> Files.isDirectory(home.spool("other").inbox()));

    JsonNode result = home.spool("other").ask("update");

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertEquals(Optional.empty(), other.live());
    assertEquals(Optional.empty(), other.serving());
    assertEquals("", other.dump());
    assertFalse(other.maintenance());
  }

  @Test
  void goodReleaseAfterABadOneIsInstalled() {
    update(new Release().health("unavailable"));
    application.release("1.1.1", new Release().schema(2));

    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    assertEquals(Optional.of("1.1.1"), application.serving());
    assertTrue(application.dump().contains("'TWO'"));
  }
}
