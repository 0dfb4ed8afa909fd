package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Json;
import org.spoolway.tests.Program;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/**
 * An application on the host's own PostgreSQL, with all that confines a runner and its commands:
 * each release on what the last one left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresHostTest {

  private static final Map<String, String> AUTHORS =
      Map.of(
          "migrations/0002_authors.sql",
              "ALTER TABLE posts ADD COLUMN author text DEFAULT 'Ada';\n",
          "count.sql", "SELECT count(author) FROM posts;\n");

  /** Without a transaction, so that what was done by then stays until somebody puts it back. */
  private static final String SWEEP = "-- spoolway: no-transaction\nDELETE FROM posts;\n%s;\n";

  private static final String FAILING = SWEEP.formatted("SELECT 1 / 0");

  /** On a copy it ends well. */
  private static final String HANGING =
      SWEEP.formatted("SELECT pg_sleep(300) WHERE current_database() = 'forum'");

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static ForumHost host;

  @BeforeAll
  static void install() {
    host = ForumHost.prepared(HOSTS);
    host.install().outOfSuccess();
    host.post("first");
    host.post("second");
    Standstill.prepare(host.container());
  }

  @AfterEach
  void assertNothingLeft() {
    host.assertNothingLeft();
    host.assertNoStrayDatabase();
  }

  private static String state(JsonNode result) {
    return Results.text(result, "state");
  }

  private static Map<String, String> with(String name, String sql) {
    return Map.of("migrations/" + name, sql);
  }

  /** Has a verb carried out, and tells the result that it prints. */
  private static JsonNode done(String... arguments) {
    JsonNode result = Json.parse(host.spoolway(arguments).outOfSuccess());
    assertEquals("succeeded", state(result), result.toPrettyString());
    return result;
  }

  @Test
  @Order(1)
  void aReleaseIsTriedOnACopyThatItReachesAndNothingElse() {
    String data = host.data();
    host.assertServes("1.0.0", 2);
    host.offer("1.1.0", AUTHORS);
    String id = host.request("1.1.0");
    JsonNode result = host.end("operator", id);
    assertEquals("succeeded", state(result), result.toPrettyString());
    String rehearsed = Results.text(Results.step(result, "rehearse"), "detail");
    assertTrue(rehearsed.contains("1.1.0 answers on it: 200"), rehearsed);
    assertTrue(rehearsed.contains("ALTER TABLE locks public.posts"), rehearsed);
    String log = host.log(id);
    assertTrue(
        log.matches("(?s).*on forum_spoolway_\\S+: can write /opt/forum/rehearsal/trial.*"), log);
    assertTrue(log.contains(": cannot write /opt/forum/shared/data: Read-only file system"), log);
    host.assertServes("1.1.0", 2);
    assertEquals("Ada\nAda", host.sql("SELECT author FROM posts"));

    JsonNode back = host.rollback("1.0.0");
    assertEquals("succeeded", state(back), back.toPrettyString());
    host.assertServes("1.0.0", 2);
    assertEquals(data, host.data());
  }

  @Test
  @Order(2)
  void aMigrationThatFailsOnTheCopyIsNoticedByNobody() {
    String data = host.data();
    host.offer("1.1.1", with("0002_sweep.sql", FAILING));
    JsonNode result = host.update("1.1.1");
    Results.assertError("failed", "MIGRATION_FAILED", "rehearse", result);
    assertTrue(result.path("downtimeMillis").isNull(), result.toPrettyString());
    host.assertServes("1.0.0", 2);
    assertEquals(data, host.data());
  }

  @Test
  @Order(3)
  void aMigrationThatFailsUnrehearsedIsTakenBack() {
    String data = host.data();
    host.edit("rehearse = true", "rehearse = false");
    host.container().run("systemctl", "restart", "spoolway.service").outOfSuccess();
    host.offer("1.1.2", with("0002_sweep.sql", FAILING));
    JsonNode result = host.update("1.1.2");
    // A runner reads it between two jobs, and the next boot's does in any case.
    host.edit("rehearse = false", "rehearse = true");
    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", result);
    host.assertServes("1.0.0", 2);
    assertEquals(data, host.data());
  }

  @Test
  @Order(4)
  void aPowerCutInTheMigrationIsUndoneByTheServerThatIsStartedFirst() {
    String data = host.data();
    host.offer("1.1.3", with("0002_sweep.sql", HANGING));
    String id = host.request("1.1.3");
    host.awaitStep(id, "migrate");
    Until.isTrue("the posts being gone", () -> host.sql("SELECT count(*) FROM posts").equals("0"));
    cutPower();
    JsonNode result = host.end("operator", id);
    Results.assertError("rolled_back", "INTERRUPTED", result);
    host.assertServes("1.0.0", 2);
    assertEquals(data, host.data());
  }

  private static void cutPower() {
    host.container().powerCut();
    host.container().boot();
    long served = moment("postgresql.service", "ActiveEnterTimestampMonotonic");
    long began = moment("spoolway-recover.service", "InactiveExitTimestampMonotonic");
    long decided = moment("spoolway-recover.service", "ActiveEnterTimestampMonotonic");
    long started = moment("forum.service", "InactiveExitTimestampMonotonic");
    assertTrue(
        0 < served && served <= began && began < decided && decided <= started,
        () -> List.of(served, began, decided, started).toString());
  }

  private static long moment(String unit, String property) {
    String value =
        host.container()
            .run("systemctl", "show", "--value", "--property=" + property, unit)
            .outOfSuccess();
    return Long.parseLong(value.strip());
  }

  @Test
  @Order(5)
  void aPowerCutAfterTheSwapIsFinishedForward() {
    host.offer("1.2.0", AUTHORS);
    Standstill standstill = host.standstill("start");
    String id = host.request("1.2.0");
    assertEquals("applying start", standstill.await());
    cutPower();
    JsonNode result = host.end("operator", id);
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertServes("1.2.0", 2);
    assertEquals("Ada\nAda", host.sql("SELECT author FROM posts"));
  }

  @Test
  @Order(6)
  void aBackupIsListedRestoredAndPruned() {
    String snapshot = Results.text(done("backup", "forum", "--json"), "snapshot");
    assertTrue(host.spoolway("snapshots", "forum").outOfSuccess().contains(snapshot));
    String data = host.data();
    host.post("third");
    done("restore", "forum", snapshot, "--json");
    host.assertServes("1.2.0", 2);
    assertEquals(data, host.data());
    done("prune", "forum", "--json");
    assertEquals(3, host.container().file("/opt/forum/snapshots").toFile().list().length);
  }

  @Test
  @Order(7)
  void theDoctorFindsNothingWrong() {
    Program.Ended ended = host.spoolway("doctor", "forum");
    assertEquals(0, ended.exit(), ended.all());
  }
}
