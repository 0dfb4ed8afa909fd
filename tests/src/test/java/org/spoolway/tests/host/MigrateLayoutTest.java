package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Json;
import org.spoolway.tests.Program;
import org.spoolway.tests.Results;

/** An application as its people have always run it, in the checkout, comes under Spoolway. */
class MigrateLayoutTest {

  private static final String PAGE =
      """
      [Service]
      Type=notify
      User=notes
      WorkingDirectory=/opt/notes
      Environment=SPOOLWAY_SHARED=/opt/notes PYTHONPYCACHEPREFIX=/tmp/notes-cache
      ExecStart=/usr/bin/gunicorn --bind 127.0.0.1:8080 --workers 1 --threads 4 notes.wsgi:app
      [Install]
      WantedBy=multi-user.target
      """;
  private static final String WORKER =
      """
      [Service]
      Type=exec
      User=notes
      WorkingDirectory=/opt/notes
      Environment=SPOOLWAY_SHARED=/opt/notes PYTHONPYCACHEPREFIX=/tmp/notes-cache
      ExecStart=/usr/bin/python3 -m notes.worker
      [Install]
      WantedBy=multi-user.target
      """;

  @RegisterExtension final Hosts hosts = new Hosts();
  private NotesHost host;

  /** What the administrator did years ago, by hand. */
  @BeforeEach
  void runInPlace() {
    host = NotesHost.prepared(hosts);
    host.write("/etc/systemd/system/notes.service", PAGE);
    host.write("/etc/systemd/system/notes-worker.service", WORKER);
    shell(
        """
        useradd --system notes
        git clone --quiet --branch v1.0.0 /srv/notes /opt/notes 2>&1
        mkdir /opt/notes/data
        chown -R notes:notes /opt/notes
        cd /opt/notes
        runuser -u notes -- env SPOOLWAY_SHARED=/opt/notes deploy/manage migrate
        systemctl daemon-reload
        systemctl enable --now notes.service notes-worker.service 2>&1
        """);
    host.note("of the flat time");
  }

  private String shell(String script) {
    return host.container().run("sh", "-ec", script).outOfSuccess();
  }

  private Program.Ended migrate(String... more) {
    Stream<String> words = Stream.of("spoolway", "migrate-layout", "/root/notes.toml");
    return host.container().run(Stream.concat(words, Stream.of(more)).toList());
  }

  /** All that could be lost but the data: names, owners, modes, and where links lead. */
  private String flat() {
    return shell(
        """
        cd /opt
        find . -path ./notes/.git -prune -o -printf '%p %U %G %m %l\\n' | sort
        """);
  }

  private void assertServesInPlaceOf(String version) {
    assertEquals(version, Results.text(Json.parse(host.health()), "version"));
    assertTrue(shell("curl -fsS http://127.0.0.1:8080/").contains("of the flat time"));
  }

  @Test
  void becomesADeploymentAndACheckoutAgain() {
    String before = flat();
    assertEquals(1, host.install().exit(), "a checkout in place is no root to install in");
    String plan = migrate("--dry-run").outOfSuccess();
    assertTrue(plan.contains("would make release 1.0.0 of /opt/notes"), plan);
    assertTrue(plan.contains("would move data to shared/data"), plan);
    assertEquals(before, flat());
    assertFalse(Files.exists(host.container().file("/var/lib/spoolway/notes")));

    assertTrue(migrate().outOfSuccess().contains("/opt/notes is release 1.0.0 now"));
    assertServesInPlaceOf("1.0.0");
    assertEquals("root", shell("stat --format=%U /opt/notes/releases/1.0.0/notes/app.py").strip());
    assertEquals("notes", shell("stat --format=%U /opt/notes/shared/data/notes.db").strip());

    assertTrue(migrate("--undo").outOfSuccess().contains("/opt/notes is a checkout again"));
    assertEquals(before, flat());
    assertServesInPlaceOf("1.0.0");
  }

  @Test
  void isFinishedWhereverItWasInterruptedAndUpdatedAfterwards() {
    List<String> there = List.of("migrate-layout", "/root/notes.toml", "--json");
    List<String> back = List.of("migrate-layout", "/root/notes.toml", "--undo");
    String log = host.interrupt(0.6, 2.6, List.of(there, back, there, back, there));
    Program.Ended last = migrate();
    assertEquals(0, last.exit(), () -> log + last.all());
    assertServesInPlaceOf("1.0.0");

    host.install().outOfSuccess();
    assertTrue(
        Files.exists(host.container().file("/etc/systemd/system/notes.service.d/50-spoolway.conf")),
        "after a power cut in the first migration the page would not wait for the recovery");
    host.repository().publish("1.1.0");
    assertEquals("succeeded", Results.text(host.update("1.1.0"), "state"));
    host.assertServes("1.1.0");
    assertTrue(host.data().contains("of the flat time"), host.data());
    Program.Ended undo = migrate("--undo");
    assertEquals(75, undo.exit(), undo.all());
  }
}
