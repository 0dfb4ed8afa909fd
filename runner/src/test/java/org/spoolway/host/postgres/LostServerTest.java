package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A server that dies, sessions that do not end, and what a killed runner leaves at work. */
class LostServerTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  private final PostgresCluster cluster = POSTGRES.cluster();
  @TempDir Path scratch;
  private NotesOnPostgres notes;

  @BeforeEach
  void furnish() {
    notes = new NotesOnPostgres(cluster, scratch);
    notes.create();
  }

  @AfterEach
  void remove() {
    notes.remove();
  }

  @Test
  void aServerThatComesBackIsWaitedFor() throws Exception {
    Database database = notes.database(CopyMethod.COPY);
    Path snapshot = notes.data("1");
    database.snapshot(snapshot);
    notes.sql("INSERT INTO note (text) VALUES ('two')");
    cluster.kill9();
    CompletableFuture<Void> restore =
        CompletableFuture.runAsync(
            () -> {
              try {
                database.restore(snapshot, notes.data("2"));
              } catch (ProblemException e) {
                throw new AssertionError(e);
              }
            });
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> restore.get(300, TimeUnit.MILLISECONDS));
    cluster.start();
    restore.get(30, TimeUnit.SECONDS);
    assertEquals("one", notes.sql("SELECT string_agg(text, ' ') FROM note"));
  }

  @Test
  void aServerThatStaysAwayIsToldAsSuch() {
    Database database = notes.database(CopyMethod.COPY, DumpProof.LIST, Duration.ofMillis(500));
    cluster.stop();
    try {
      ProblemException refused = assertThrows(ProblemException.class, database::requireReady);
      assertAll(
          () -> assertEquals(Problem.SNAPSHOT_FAILED, refused.problem()),
          () -> assertTrue(refused.getMessage().contains("connection"), refused.getMessage()),
          () -> assertTrue(refused.fix().contains("See that the server runs"), refused.fix()));
    } finally {
      cluster.start();
    }
  }

  @Test
  void sessionsAreEnded() throws Exception {
    CompletableFuture<String> session = session("SELECT pg_sleep(600)");
    Database database = notes.database(CopyMethod.COPY);
    database.snapshot(notes.data("1"));
    assertThrows(Exception.class, () -> session.get(10, TimeUnit.SECONDS));
    assertEquals("one", notes.sql("SELECT text FROM note"));
  }

  @Test
  void aSessionThatDoesNotEndIsNamedAndTheDatabaseIsOpenAgain() throws Exception {
    CompletableFuture<String> session = session("SELECT pg_sleep(600)");
    long pid = Long.parseLong(pidOf("SELECT pg_sleep(600)"));
    signal("STOP", pid);
    Database database = notes.database(CopyMethod.COPY, DumpProof.LIST, Duration.ofMillis(300));
    try {
      ProblemException refused =
          assertThrows(ProblemException.class, () -> database.snapshot(notes.data("1")));
      assertTrue(
          refused.getMessage().contains("are still there: " + pid + " of "), refused.getMessage());
      database.discard(notes.data("1"));
      assertEquals("one", notes.sql("SELECT text FROM note"));
      assertEquals("notes", notes.names());
    } finally {
      signal("CONT", pid);
    }
    assertThrows(Exception.class, () -> session.get(10, TimeUnit.SECONDS));
    database.snapshot(notes.data("2"));
  }

  /** The server goes on with a copy whose client is gone. */
  @Test
  void whatAKilledRunnerHasLeftAtWorkIsEnded() throws Exception {
    String name = "spoolway notes";
    CompletableFuture<String> stray =
        CompletableFuture.supplyAsync(
            () ->
                cluster.sql(
                    "postgres", "SET application_name = '" + name + "'; SELECT pg_sleep(600)"));
    Awaitility.await().until(() -> !activity("application_name = '" + name + "'").isEmpty());
    notes.database(CopyMethod.COPY).discard(notes.data("1"));
    assertThrows(Exception.class, () -> stray.get(10, TimeUnit.SECONDS));
  }

  private CompletableFuture<String> session(String query) {
    CompletableFuture<String> session = CompletableFuture.supplyAsync(() -> notes.sql(query));
    Awaitility.await().until(() -> !pidOf(query).isEmpty());
    return session;
  }

  private String pidOf(String query) {
    return activity("datname = 'notes' AND query = '" + query + "'");
  }

  private String activity(String condition) {
    return cluster.sql("postgres", "SELECT pid FROM pg_stat_activity WHERE " + condition);
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor());
  }
}
