package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * The built runner is killed in the middle of a step; {@code run --drain} alone leads to one of two
 * ends.
 */
class CrashInsideStepTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private World before;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"3s\"");
    spool = application.installed();
    before = application.world();
  }

  /** What a script does at its first run alone: tell that it has come so far, and hang. */
  private String once(String marker) {
    return "[ -e %1$s ] || { touch %1$s; sleep 600 & exec sleep 600; }\n"
        .formatted(home.marker(marker));
  }

  private JsonNode killIn(String marker, Release release) {
    application.release("1.1.0", release.schema(2));
    spool.drop("1700000000-update.json", "{\"id\": \"update\", \"action\": \"update\"}");
    Until.isTrue("the update being in " + marker, () -> Files.exists(home.marker(marker)));
    return killAndDrain();
  }

  private JsonNode killAndDrain() {
    home.killRunners();
    assertEquals(0, home.drain());
    return spool.await("update");
  }

  private void assertUpdated(JsonNode result, int attempt) throws IOException {
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(attempt, result.path("attempt").asInt());
    assertEquals(Optional.of("1.1.0"), application.live());
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(application.dump().contains("'TWO'"));
    assertNothingLeft();
  }

  private void assertPutBack(JsonNode result) throws IOException {
    Results.assertError("rolled_back", "INTERRUPTED", result);
    assertEquals(before, application.world());
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertTrue(!application.maintenance());
    Leftovers.assertNone(home, application);
    assertEquals(
        1,
        Files.readAllLines(home.state("app").resolve("history.jsonl")).stream()
            .filter(line -> line.contains("\"update\"") && line.contains("1.1.0"))
            .count());
  }

  @Test
  void buildIsBegunAnew() throws IOException {
    assertUpdated(killIn("build", new Release().build(once("build") + "echo built >built")), 2);
  }

  @Test
  void buildThatEndsItsRunnerEachTimeIsGivenUpAfterThreeStarts() throws IOException {
    application.release(
        "1.1.0",
        new Release().schema(2).build("touch " + home.marker("build") + "; exec sleep 600"));
    spool.drop("1700000000-update.json", "{\"id\": \"update\", \"action\": \"update\"}");
    for (int start = 1; start <= 3; start++) {
      Until.isTrue("the build having begun", () -> Files.exists(home.marker("build")));
      Files.delete(home.marker("build"));
      home.killRunners();
      home.run();
    }

    Results.assertError("failed", "TOO_MANY_ATTEMPTS", spool.await("update"));

    assertEquals(before, application.world());
    home.stopRunners();
    assertNothingLeft();
  }

  @Test
  void migrationIsUndoneToTheLastByte() throws IOException {
    String half =
        "sqlite3 $SPOOLWAY_SHARED/app.db 'DELETE FROM notes; ALTER TABLE notes ADD COLUMN half'\n";
    assertPutBack(killIn("migrate", new Release().migrate(half + once("migrate"))));
  }

  @Test
  void openTransactionOfAKilledMigrationIsUndone() throws IOException {
    String open =
        "(echo 'PRAGMA cache_size=1; BEGIN; DELETE FROM notes; UPDATE notes SET text=text;'; touch %s; exec sleep 600)"
            + " | sqlite3 $SPOOLWAY_SHARED/app.db";
    assertPutBack(killIn("migrate", new Release().migrate(open.formatted(home.marker("migrate")))));
  }

  @Test
  void gateIsAskedAgainAndTheNewReleaseStays() throws IOException {
    assertUpdated(killIn("gate", new Release().health("blocks")), 1);
  }

  @Test
  void gateThatIsNotPassedAfterTheRestartPutsTheOldReleaseBack() throws IOException {
    JsonNode result = killIn("gate", new Release().health("marked unavailable"));

    Results.assertError("rolled_back", "GATE_FAILED", result);
    assertEquals(before, application.world());
    assertNothingLeft();
  }

  @Test
  void fetchGoesOnWhereThePackWasCutOff() throws IOException {
    application.release(
        "1.1.0", new Release().schema(2).with("large", "x".repeat(10)).with("noise", noise()));
    try (GitServer server = new GitServer(application.repository())) {
      application.file().set("source", "url", Json.quote(server.url()));
      application.write();
      home.stopRunners();
      home.run();
      spool.drop("1700000000-update.json", "{\"id\": \"update\", \"action\": \"update\"}");
      server.awaitStall();
      home.killRunners();
      server.release();

      assertEquals(0, home.drain());

      assertUpdated(spool.await("update"), 2);
    }
  }

  private static String noise() {
    StringBuilder text = new StringBuilder();
    new java.util.Random(3).ints(400_000, ' ', '~').forEach(c -> text.append((char) c));
    return text.toString();
  }
}
