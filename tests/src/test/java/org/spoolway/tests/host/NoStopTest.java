package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Results;
import org.spoolway.tests.host.Load.Answer;
import tools.jackson.databind.JsonNode;

/** What two hundred requests a second come to while a page behind a socket is exchanged. */
@Tag("alone")
class NoStopTest {

  private static final int CLOSED = 503;
  private static final long TOLERANCE_MILLIS = 200;

  /** What the window may be longer than its steps: between two of them the journal is forced. */
  private static final double OVERHEAD = 0.2;

  private static final long LATE_MILLIS = 50;

  private static final Map<String, String> BEHIND_A_SOCKET =
      Map.of(
          "deploy/notes.socket",
          """
          [Socket]
          ListenStream=127.0.0.1:8080
          Backlog=1024
          [Install]
          WantedBy=sockets.target
          """,
          "deploy/notes.service",
          """
          [Unit]
          Requires=notes.socket
          After=network.target notes.socket
          [Service]
          Type=notify
          NotifyAccess=main
          User=@USER@
          WorkingDirectory=@CURRENT@
          Environment=SPOOLWAY_SHARED=@SHARED@ PYTHONDONTWRITEBYTECODE=1
          ExecStart=/usr/bin/gunicorn --workers 1 --threads 4 --keep-alive 0 --graceful-timeout 10 notes.wsgi:app
          KillMode=mixed
          TimeoutStopSec=15
          Restart=on-failure
          PrivateTmp=yes
          ProtectSystem=strict
          ReadWritePaths=@SHARED@/data
          [Install]
          WantedBy=multi-user.target
          """);

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static NotesHost host;

  @BeforeAll
  static void moveBehindASocket() {
    host = NotesHost.installed(HOSTS);
    host.edit("units = [", "units = [\"notes.socket\", ");
    // The gate's own question waits in line with the visitors'.
    host.edit("timeout = \"8s\"", "timeout = \"30s\"");
    host.container().run("systemctl", "restart", "spoolway.service").outOfSuccess();
    offer("1.0.1", Map.of());
    JsonNode moved = host.update("1.0.1");
    assertEquals("succeeded", Results.text(moved, "state"), moved.toPrettyString());
    host.assertServes("1.0.1");
  }

  /** A release that is 1.0.0 behind a socket, and some more. */
  private static void offer(String version, Map<String, String> more) {
    Map<String, String> files = new HashMap<>(BEHIND_A_SOCKET);
    files.put("NEWS", version);
    files.putAll(more);
    host.offer(version, "1.0.0", files);
  }

  private record Run(JsonNode result, List<Answer> answers) {

    Run print(String what) {
      Map<Integer, Long> statuses =
          new TreeMap<>(
              answers.stream()
                  .collect(Collectors.groupingBy(Answer::status, Collectors.counting())));
      long slowest = answers.stream().mapToLong(Answer::millis).max().orElseThrow();
      long late = answers.stream().filter(a -> a.lateMillis() > LATE_MILLIS).count();
      System.out.printf(
          "%s: %d requests, by status %s, slowest %d ms; %d sent more than %d ms late, at most %d"
              + " ms; downtimeMillis %s%n",
          what,
          answers.size(),
          statuses,
          slowest,
          late,
          LATE_MILLIS,
          Load.lateness(answers).toMillis(),
          result.path("downtimeMillis"));
      return this;
    }

    void assertNobodyNoticed() {
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
      assertEquals(List.of(), answers.stream().filter(a -> !a.isWell()).toList());
      assertTrue(result.path("downtimeMillis").asLong(0) == 0, result.toPrettyString());
      assertEquals("skipped", Results.text(Results.step(result, "maintenance-on"), "state"));
    }
  }

  private static Run under(Supplier<JsonNode> job) throws InterruptedException {
    try (Load load = new Load(host.container().address())) {
      load.more(400);
      JsonNode result = job.get();
      load.more(400);
      return new Run(result, load.end());
    }
  }

  @Test
  void anUpdateWithoutAMigrationAndItsRollbackDropNoRequest() throws InterruptedException {
    String before = host.live();
    offer("1.0.2", Map.of());
    under(() -> host.update("1.0.2")).print("update without a migration").assertNobodyNoticed();
    host.assertServes("1.0.2");
    under(() -> host.rollback(before)).print("its rollback").assertNobodyNoticed();
    host.assertServes(before);
  }

  @Test
  void anUpdateThatOnlyAddsAndItsRollbackDropNoRequest() throws InterruptedException {
    String before = host.live();
    Map<String, String> expanding =
        new HashMap<>(
            NotesHost.migration(
                "sqlite3 -cmd '.timeout 5000' \"$DB\" 'alter table notes add column colour text'"
                    + " && sleep 2"));
    expanding.put("release.json", "{ \"migrations\": \"expand\" }\n");
    offer("1.0.3", expanding);
    Run update = under(() -> host.update("1.0.3")).print("update that only adds");
    update.assertNobodyNoticed();
    assertTrue(NotesHost.millis(update.result(), "migrate") >= 2000, "the migration takes long");
    assertTrue(host.data().contains("colour"));
    host.assertServes("1.0.3");
    under(() -> host.rollback(before)).print("its rollback").assertNobodyNoticed();
    assertTrue(host.data().contains("colour"), "what was added stays");
    host.assertServes(before);
  }

  @Test
  void aStopLastsAsLongAsSnapshotMigrationAndRestart() throws InterruptedException {
    offer("1.0.9", NotesHost.migration("sqlite3 \"$DB\" 'create table stopped (x)' && sleep 1"));
    Run run = under(() -> host.update("1.0.9")).print("update with a stop");
    assertEquals("succeeded", Results.text(run.result(), "state"), run.result().toPrettyString());
    List<Answer> closed = run.answers().stream().filter(a -> a.status() == CLOSED).toList();
    assertEquals(
        List.of(),
        run.answers().stream().filter(a -> !a.isWell() && a.status() != CLOSED).toList());
    long first = closed.stream().mapToLong(Answer::asked).min().orElseThrow();
    long last = closed.stream().mapToLong(Answer::asked).max().orElseThrow();
    long seen = (last - first) / 1_000_000;
    long told = run.result().path("downtimeMillis").asLong();
    long sum =
        NotesHost.millis(
            run.result(),
            "maintenance-on",
            "stop",
            "snapshot",
            "migrate",
            "configure",
            "swap",
            "start",
            "gate",
            "maintenance-off");
    System.out.printf(
        "closed as clients saw it %d ms, as the result tells %d ms; its steps took %d ms: stop %d,"
            + " snapshot %d, migrate %d, start %d, gate %d%n",
        seen,
        told,
        sum,
        NotesHost.millis(run.result(), "stop"),
        NotesHost.millis(run.result(), "snapshot"),
        NotesHost.millis(run.result(), "migrate"),
        NotesHost.millis(run.result(), "start"),
        NotesHost.millis(run.result(), "gate"));
    assertTrue(Math.abs(seen - told) <= TOLERANCE_MILLIS, seen + " ms seen, " + told + " ms told");
    assertTrue(
        told <= sum * (1 + OVERHEAD) + TOLERANCE_MILLIS,
        told + " ms told, but the steps took " + sum);
  }
}
