package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresClusterTest {

  private static final String SAMPLE =
      """
      CREATE ROLE notes LOGIN;
      CREATE DATABASE notes OWNER notes;
      REVOKE CONNECT ON DATABASE notes FROM PUBLIC;
      ALTER DATABASE notes SET work_mem = '7MB';
      COMMENT ON DATABASE notes IS 'what people wrote';
      \\connect notes
      CREATE EXTENSION hstore;
      CREATE TABLE note (id bigserial PRIMARY KEY, text text);
      INSERT INTO note (text) VALUES ('one'), ('two');
      """;

  @BeforeAll
  static void assumeInstalled() {
    PostgresCluster.assumeInstalled();
  }

  @Test
  void takesStatementsAndTellsRows() {
    try (PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual())) {
      cluster.sql("postgres", SAMPLE);
      assertEquals("1|one\n2|two", cluster.sql("notes", "SELECT id, text FROM note ORDER BY id"));
      String sql = "SELECT 1; SELECT no_such_column; SELECT 2;" + " ".repeat(1 << 20);
      var refused = assertThrows(AssertionError.class, () -> cluster.sql("notes", sql));
      assertTrue(refused.getMessage().contains("no_such_column"), refused.getMessage());
    }
  }

  @Test
  void dumpsAreEqualAsLongAsTheDatabaseIs() {
    try (PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual())) {
      cluster.sql("postgres", SAMPLE);
      String before = cluster.dump("notes");
      assertEquals(before, cluster.dump("notes"));
      cluster.sql("postgres", "ALTER DATABASE notes CONNECTION LIMIT 7");
      assertNotEquals(before, cluster.dump("notes"));
      assertAll(
          List.of("OWNER TO notes", "REVOKE CONNECT", "work_mem", "what people wrote", "two")
              .stream()
              .map(part -> () -> assertTrue(before.contains(part), part)));
    }
  }

  @Test
  void keepsWhatWasCommittedWhenItIsKilledOrStopped() {
    try (PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual())) {
      cluster.sql("postgres", SAMPLE);
      cluster.kill9();
      assertThrows(AssertionError.class, () -> cluster.sql("notes", "SELECT 1"));
      cluster.start();
      assertEquals("2", cluster.sql("notes", "SELECT count(*) FROM note"));
      long killed = cluster.pid();
      cluster.stop();
      cluster.start();
      assertNotEquals(killed, cluster.pid());
      assertEquals("2", cluster.sql("notes", "SELECT count(*) FROM note"));
    }
  }

  @Test
  void letsAccountsInAsWhoTheyAreAlone() {
    try (PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual().withPeer())) {
      cluster.sql("postgres", "CREATE ROLE other LOGIN");
      assertEquals(cluster.superuser(), cluster.sql("postgres", "SELECT current_user"));
      var refused =
          assertThrows(
              AssertionError.class, () -> cluster.run("psql", "-U", "other", "-d", "postgres"));
      assertTrue(refused.getMessage().contains("Peer authentication"), refused.getMessage());
    }
  }

  @Test
  void listensAtTheLoopbackForThoseWhoKnowThePassword() {
    PostgresOptions options = PostgresOptions.usual().withPassword("open sesame");
    try (PostgresCluster cluster = PostgresCluster.start(options)) {
      assertEquals("1\n", overTcp(cluster, "open%20sesame"));
      assertThrows(AssertionError.class, () -> overTcp(cluster, "guessed"));
    }
  }

  private static String overTcp(PostgresCluster cluster, String password) {
    String address =
        "postgresql://%s:%s@127.0.0.1:%d/postgres"
            .formatted(cluster.superuser(), password, cluster.port());
    return cluster.run("psql", "-X", "-w", "-A", "-t", "-c", "SELECT 1", address);
  }

  @Test
  void isConfiguredAsAsked() {
    PostgresOptions options = PostgresOptions.usual().durable().with("wal_level", "logical");
    try (PostgresCluster cluster = PostgresCluster.start(options)) {
      assertEquals("on", cluster.sql("postgres", "SHOW fsync"));
      assertEquals("logical", cluster.sql("postgres", "SHOW wal_level"));
      assertEquals("", cluster.sql("postgres", "SHOW listen_addresses"));
    }
  }

  @Test
  void leavesNothing() throws IOException {
    PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual());
    long pid = cluster.pid();
    assertTrue(sharesMemory(pid));
    cluster.close();
    assertGone(cluster.socketDirectory(), pid);
  }

  @Test
  void leavesNothingOnceKilled() throws IOException {
    PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual());
    long pid = cluster.pid();
    cluster.kill9();
    assertTrue(sharesMemory(pid));
    cluster.close();
    assertGone(cluster.socketDirectory(), pid);
  }

  @Test
  void goesWithAProcessThatForgetsIt() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String classes = System.getProperty("java.class.path");
    String[] told =
        PostgresPrograms.output(
                new ProcessBuilder(java, "-cp", classes, Forgetful.class.getName()), "")
            .strip()
            .split(" ", -1);
    assertGone(Path.of(told[0]), Long.parseLong(told[1]));
  }

  /** Starts a cluster and ends without closing it. */
  static final class Forgetful {

    private Forgetful() {}

    public static void main(String[] none) {
      PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual());
      System.out.println(cluster.socketDirectory() + " " + cluster.pid());
      System.exit(0);
    }
  }

  private static void assertGone(Path directory, long pid) throws IOException {
    assertFalse(Files.exists(directory), directory::toString);
    assertFalse(Files.exists(Path.of("/proc", Long.toString(pid), "exe")));
    assertFalse(sharesMemory(pid));
  }

  /** Whether there is memory of the kernel's that a process made. */
  private static boolean sharesMemory(long pid) throws IOException {
    try (var segments = Files.lines(Path.of("/proc/sysvipc/shm"))) {
      return segments
          .map(segment -> segment.strip().split(" +", -1))
          .anyMatch(columns -> columns[4].equals(Long.toString(pid)));
    }
  }
}
