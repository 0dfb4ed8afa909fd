package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/** The runner's end and the host's, in the middle of everything. */
class HardTimesTest {

  private static final String UNIT =
      """
      [Service]
      Type=notify
      User=@USER@
      WorkingDirectory=@CURRENT@
      Environment=SPOOLWAY_SHARED=@SHARED@ PYTHONDONTWRITEBYTECODE=1
      ExecStartPre=/bin/sleep %d
      ExecStart=/usr/bin/gunicorn --bind 127.0.0.1:8080 notes.wsgi:app
      [Install]
      WantedBy=multi-user.target
      """;

  private static final int MOST_TRIES = 3;
  private static final String SLOW_APPLICATION =
      """
      import time
      time.sleep(2)
      from notes.app import create_app
      from notes.database import database_path
      app = create_app(database_path())
      """;

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static final AtomicInteger RELEASES = new AtomicInteger(100);
  private static NotesHost host;

  @BeforeAll
  static void install() {
    host = NotesHost.installed(HOSTS);
    host.change("create table eras(version)");
    host.edit("create = [\"data\"]", "create = [\"data\"]\nlink = [\"data\"]");
    // How long systemd waits before it starts a runner again is no part of what is shown here.
    dropIn("spoolway.service", "RestartSec=100ms");
    dropIn("caddy.service", "ExecReload=/bin/sleep 2");
    dropIn("notes.service", "ExecStop=-+/bin/sh -c 'rm /run/slow && sleep 2'");
    host.container().run("systemctl", "daemon-reload").outOfSuccess();
    endRunner("restart");
    Standstill.prepare(host.container());
  }

  private static void dropIn(String unit, String line) {
    host.write("/etc/systemd/system/" + unit + ".d/test.conf", "[Service]\n" + line + "\n");
  }

  /** A release on the live one that takes long in one step, so that it can be met there. */
  private static String slowIn(String step) {
    String version = "1.0." + RELEASES.incrementAndGet();
    Map<String, String> files =
        switch (step) {
          case "stop" -> {
            host.container().run("touch", "/run/slow").outOfSuccess();
            yield NotesHost.migration("true");
          }
          case "build" -> Map.of("deploy/build", "#!/bin/sh\nsleep 3\n");
          case "migrate" -> NotesHost.migration("sqlite3 \"$DB\" 'delete from notes'; sleep 30");
          case "configure" -> Map.of("deploy/proxy.caddy", ":80 {\n\trespond late\n}\n");
          case "start" -> Map.of("deploy/notes.service", UNIT.formatted(4));
          case "gate" -> Map.of("notes/wsgi.py", SLOW_APPLICATION);
          default -> throw new AssertionError(step);
        };
    host.offer(version, "1.0.0", files);
    return version;
  }

  @ParameterizedTest
  @CsvSource({
    "build, kill, succeeded",
    "migrate, kill, rolled_back",
    "start, kill, succeeded",
    "gate, kill, succeeded",
    "stop, restart, rolled_back",
    "configure, restart, rolled_back",
  })
  void theRunnersUnitEndsInTheMiddleOf(String step, String how, String outcome) {
    String before = host.live();
    String data = host.data();
    String version = slowIn(step);
    String id = host.request(version);
    host.awaitStep(id, step);
    endRunner(how);
    JsonNode result = host.end("operator", id);
    assertEquals(outcome, Results.text(result, "state"), result.toPrettyString());
    host.assertServes(outcome.equals("succeeded") ? version : before);
    assertEquals(data, host.data());
  }

  private static void endRunner(String how) {
    List<String> verb =
        switch (how) {
          case "kill" -> List.of("kill", "--signal=KILL");
          case "restart" -> List.of("restart");
          default -> throw new AssertionError(how);
        };
    List<String> command = new ArrayList<>(List.of("systemctl"));
    command.addAll(verb);
    command.add("spoolway.service");
    host.container().run(command).outOfSuccess();
  }

  /**
   * One update after the other, each on what the last one left. In each the runner is stopped where
   * a step has been announced and not begun, or where {@code current} leads to the new release and
   * no entry says so; there it is ended, and comes back. A job survives that twice while users can
   * notice nothing, and any number of times once the new release is live.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kill preflight, restart resolve, kill maintenance-on            | rolled_back
          restart fetch, kill link, kill snapshot                         | rolled_back
          restart seal, kill check, kill swap                             | rolled_back
          kill /opt/notes/current, kill maintenance-off, kill prune       | succeeded
          """)
  void theRunnersUnitEndsAtTheBeginningOf(String ends, String outcome) {
    List<String> all = List.of(ends.split(", "));
    boolean met = false;
    for (int tries = 0; !met && tries < MOST_TRIES; tries++) {
      met = endsWell(all, outcome);
    }
    assertTrue(met, "a busy machine: the runner was never met at " + ends);
  }

  /**
   * @return whether the runner was met where it was to be; where it was not, it has passed by, and
   *     everything is well all the same
   */
  private static boolean endsWell(List<String> ends, String outcome) {
    String before = host.live();
    String data = host.data();
    String version = changingAll();
    Ended ended = endedAt(ends, version);
    JsonNode result = host.end("operator", ended.id());
    String state = Results.text(result, "state");
    assertTrue(List.of("succeeded", "rolled_back").contains(state), result.toPrettyString());
    assertTrue(!ended.met() || state.equals(outcome), result.toPrettyString());
    boolean isNew = state.equals("succeeded");
    host.assertServes(isNew ? version : before);
    assertEquals(isNew ? lines(data + migratedTo(version)) : lines(data), lines(host.data()));
    host.assertNothingLeft();
    return ended.met();
  }

  /** A job in which the runner was ended; the last time where it was to be, or further on. */
  private record Ended(String id, boolean met) {}

  private static String migratedTo(String version) {
    return "INSERT INTO eras VALUES('" + version + "');\n";
  }

  private static List<String> lines(String sql) {
    return sql.lines().sorted().toList();
  }

  /** A release with a migration and a unit of its own, so that no step is skipped. */
  private static String changingAll() {
    String version = "1.0." + RELEASES.incrementAndGet();
    Map<String, String> files =
        new HashMap<>(
            NotesHost.migration(
                "sqlite3 \"$DB\" \"insert into eras values('%s')\"".formatted(version)));
    files.put("deploy/notes.service", "# Of " + version + "\n" + UNIT.formatted(0));
    host.offer(version, "1.0.0", files);
    return version;
  }

  /** Ends the runner once after the other in one job, until it is not met where it was to be. */
  private static Ended endedAt(List<String> ends, String version) {
    Standstill standstill = host.standstill(where(ends.get(0)));
    String id = host.request(version);
    boolean met = true;
    for (int i = 0; met && i < ends.size(); i++) {
      String last = standstill.await();
      String where = where(ends.get(i));
      System.out.printf("%s: %s of the runner's unit at `%s`%n", id, how(ends.get(i)), last);
      met = last.equals("applying " + (where.startsWith("/") ? "swap" : where));
      // On a busy machine the one rename of a swap may be done before the runner stands still.
      met &= !where.equals("swap") || !host.live().equals(version);
      if (met && i + 1 < ends.size()) {
        standstill = host.standstill(where(ends.get(i + 1)));
      }
      endRunner(how(ends.get(i)));
    }
    return new Ended(id, met);
  }

  private static String how(String end) {
    return end.substring(0, end.indexOf(' '));
  }

  private static String where(String end) {
    return end.substring(end.indexOf(' ') + 1);
  }

  /** The data are half migrated when the host dies: the application must not see them so. */
  @Test
  void aPowerCutInTheMigrationIsDecidedBeforeTheApplicationStarts() {
    String before = host.live();
    String data = host.data();
    String id = host.request(slowIn("migrate"));
    host.awaitStep(id, "migrate");
    Until.isTrue("the notes being gone", () -> !host.data().equals(data));
    host.container().powerCut();
    host.container().boot();
    assertStartedAfterRecovery();
    JsonNode result = host.end("operator", id);
    Results.assertError("rolled_back", "INTERRUPTED", result);
    host.assertServes(before);
    assertEquals(data, host.data());
  }

  /** All is changed when the host dies, and only the proof is missing. */
  @Test
  void aPowerCutAfterTheSwapIsFinishedForward() {
    String data = host.data();
    String version = slowIn("start");
    String id = host.request(version);
    host.awaitStep(id, "start");
    host.container().powerCut();
    host.container().boot();
    assertStartedAfterRecovery();
    JsonNode result = host.end("operator", id);
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    host.assertServes(version);
    assertEquals(data, host.data());
  }

  /** Half-migrated data are worse than none: nobody sees them, however long it takes to decide. */
  @Test
  void whatRecoveryCannotDecideDoesNotStartUntilItCan() throws IOException {
    String before = host.live();
    String data = host.data();
    String id = host.request(slowIn("migrate"));
    host.awaitStep(id, "migrate");
    Until.isTrue("the notes being gone", () -> !host.data().equals(data));
    host.container().powerCut();
    Path file = host.container().file("/etc/spoolway/deployments/notes.toml");
    String right = Files.readString(file);
    Files.writeString(file, right + "nonsense = [");
    host.container().boot();
    assertEquals(
        "inactive\ninactive\n",
        host.container()
            .run("systemctl", "is-active", "notes.service", "notes-worker.service")
            .out());
    Files.writeString(file, right);
    Results.assertError("rolled_back", "INTERRUPTED", host.end("operator", id));
    host.assertServes(before);
    assertEquals(data, host.data());
  }

  private static void assertStartedAfterRecovery() {
    long decided = moment("spoolway-recover.service", "ActiveEnterTimestampMonotonic");
    long began = moment("notes.service", "InactiveExitTimestampMonotonic");
    assertTrue(decided > 0 && began > decided, "decided at " + decided + ", began at " + began);
  }

  private static long moment(String unit, String property) {
    String value =
        host.container()
            .run("systemctl", "show", "--value", "--property=" + property, unit)
            .outOfSuccess();
    return Long.parseLong(value.strip());
  }
}
