package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Program;

/** One file and one command, from a bare host to an application that serves. */
class InstallTest {

  private static final int INTERRUPTIONS = 10;

  @RegisterExtension final Hosts hosts = new Hosts();

  @Test
  void bringsABareHostToAHealthyApplicationAndThenChangesNothing() {
    NotesHost host = NotesHost.prepared(hosts);
    Program.Ended plan =
        host.container().run("spoolway", "install", "/root/notes.toml", "--dry-run");
    assertTrue(plan.outOfSuccess().contains("would create the account notes-build"), plan.out());
    assertNotEquals(0, host.container().run("id", "notes").exit());

    String log = host.install().outOfSuccess();
    assertTrue(log.contains("notes 1.0.0 is installed"), log);
    host.assertServes("1.0.0");
    assertEquals(
        "enabled\nenabled\n",
        host.container()
            .run("systemctl", "is-enabled", "notes.service", "notes-worker.service")
            .out());

    String before = host.everything();
    String again = host.install().outOfSuccess();
    assertEquals("notes is installed, at 1.0.0; nothing is missing\n", again);
    assertEquals(before, host.everything());
  }

  @Test
  void finishesWhereverItWasInterrupted() {
    NotesHost host = NotesHost.prepared(hosts);
    String log =
        host.interrupt(
            0.3, 2.8, Collections.nCopies(INTERRUPTIONS, List.of("install", "/root/notes.toml")));
    Program.Ended last = host.install();
    assertEquals(0, last.exit(), () -> log + last.all());
    host.assertServes("1.0.0");
  }
}
