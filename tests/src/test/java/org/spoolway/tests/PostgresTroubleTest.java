package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.host.postgres.PostgresCluster;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;
import tools.jackson.databind.JsonNode;

/** A server in trouble while its database is copied: undone, said clearly, and cured. */
class PostgresTroubleTest {

  /** Leaves bytes enough, but names for some of a copy's files alone. */
  private static final String USE_UP_NAMES =
      """
      mkdir %1$s && cd %1$s
      seq 0 9999 | xargs touch 2>/dev/null
      seq 0 99 | xargs rm""";

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  @RegisterExtension final Home home = new Home();
  private final PostgresCluster cluster = POSTGRES.cluster();
  private boolean isMounted;
  private SampleApplication application;
  private Spool spool;
  private World before;

  @AfterEach
  void leaveTheSmallDisk() {
    home.stopRunners();
    home.stopServices();
    if (isMounted) {
      cluster.stop();
      Program.output(home.path(), "umount", cluster.dataDirectory().toString());
      cluster.start();
    }
  }

  private void install() {
    application = new SampleApplication(home, "app", new PostgresData(cluster));
    application
        .file()
        .set("database", "timeout", "\"2s\"")
        .set("database", "method", "\"copy\"")
        .set("keep", "snapshots", "1")
        .set("keep", "days", "0");
    spool = application.installed();
    application.addNote();
    before = application.world();
  }

  private void assertUndone(String code, String said, JsonNode result) {
    Results.assertError("rolled_back", code, "snapshot", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.contains(said), message);
    assertEquals(before, application.world());
  }

  private void assertNextUpdateWorks() {
    application.release("1.2.0", application.data().release().schema(2));
    JsonNode result = spool.ask("update@1.2.0");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.2.0"), application.serving());
    assertTrue(application.dump().contains("\ttwo\tTWO"), application.dump());
    home.stopRunners();
    Leftovers.assertNone(home, application);
  }

  @Test
  void sessionThatDoesNotEndHoldsTheUpdateUp() throws IOException {
    install();
    application.release("1.1.0", application.data().release().schema(2));
    Process session = session();
    long backend = backend();
    signal("STOP", backend);
    try {
      assertUndone("SNAPSHOT_FAILED", backend + " of app_owner", spool.ask("update@1.1.0"));
    } finally {
      signal("CONT", backend);
      session.destroy();
    }
    assertNextUpdateWorks();
  }

  /** Somebody at work in the database. */
  private Process session() throws IOException {
    List<String> command =
        List.of(
            cluster.programs().resolve("psql").toString(),
            "-X",
            "-h",
            cluster.socketDirectory().toString(),
            "-p",
            Integer.toString(cluster.port()),
            "-U",
            "app_owner",
            "-d",
            "app",
            "-c",
            "SELECT pg_sleep(3600)");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.path().resolve("session").toFile())
        .start();
  }

  private long backend() {
    return Until.found(
        "somebody at work",
        () ->
            cluster
                .sql(
                    "postgres",
                    "SELECT pid FROM pg_stat_activity WHERE query LIKE '%sleep(3600)' AND state = 'active'")
                .lines()
                .findFirst()
                .map(Long::valueOf));
  }

  private void signal(String name, long pid) {
    Program.output(home.path(), "kill", "-s", name, Long.toString(pid));
  }

  @Test
  void diskThatFillsUpDuringTheCopyIsNamed() throws IOException {
    moveToSmallDisk();
    install();
    Path full = cluster.dataDirectory().resolve("full");
    application.release(
        "1.1.0", application.data().release().schema(2).build(USE_UP_NAMES.formatted(full)));

    assertUndone("DISK_FULL", "No space left on device", spool.ask("update@1.1.0"));

    Trees.delete(full);
    assertNextUpdateWorks();
  }

  /** Has room for the cluster, a copy, and what is asked for beside that. */
  private void moveToSmallDisk() {
    cluster.stop();
    String data = cluster.dataDirectory().toString();
    String disk = home.path().resolve("disk").toString();
    String script =
        "mkdir %2$s && mount -t tmpfs -o size=192m,nr_inodes=4000 none %2$s && cp -a %1$s/. %2$s && chmod 700 %2$s"
            + " && chown --reference=%1$s %2$s && mount --bind %2$s %1$s; outcome=$?;"
            + " umount %2$s; exit $outcome";
    Program.Ended moved =
        Program.run(home.path(), Map.of(), List.of("sh", "-c", script.formatted(data, disk)));
    cluster.start();
    if (moved.exit() != 0) {
      System.out.println("skipped: a small disk cannot be mounted here: " + moved.err().strip());
    }
    Assumptions.assumeTrue(
        moved.exit() == 0, "a small disk cannot be mounted here: " + moved.err());
    isMounted = true;
  }
}
