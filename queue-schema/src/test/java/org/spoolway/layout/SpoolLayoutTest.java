package org.spoolway.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The paths of the contract, spelled out: clients in other languages write them by hand. */
class SpoolLayoutTest {

  private static final SpoolLayout SYSTEM = SpoolLayout.system();

  @Test
  void hostLayoutIsThatOfTheContract() {
    assertEquals(Path.of("/etc/spoolway/deployments/notes.toml"), SYSTEM.deploymentFile("notes"));
    assertEquals(Path.of("/var/spool/spoolway/notes"), SYSTEM.spool("notes").path());
    assertEquals(Path.of("/var/lib/spoolway/notes"), SYSTEM.state("notes").path());
  }

  @Test
  void homeLayoutLiesUnderOneDirectory() {
    SpoolLayout home = SpoolLayout.home(Path.of("/home/zoe/../zoe/x"));
    assertEquals(Path.of("/home/zoe/x/etc/deployments/notes.toml"), home.deploymentFile("notes"));
    assertEquals(Path.of("/home/zoe/x/spool/notes"), home.spool("notes").path());
    assertEquals(Path.of("/home/zoe/x/lib/notes"), home.state("notes").path());
    assertTrue(SpoolLayout.home(Path.of("x")).spools().isAbsolute());
  }

  @Test
  void spoolIsThatOfTheContract() {
    SpoolDir spool = SYSTEM.spool("notes");
    assertBelow(spool.path(), "incoming/web", spool.inbox("web"));
    assertBelow(spool.path(), "incoming", spool.inboxes());
    assertBelow(spool.path(), "processing", spool.processing());
    assertBelow(spool.path(), "processing/t", spool.claim("t"));
    assertBelow(spool.path(), "rejected/web", spool.rejected("web"));
    assertBelow(spool.path(), "results", spool.results());
    assertBelow(spool.path(), "results/web/a.json", spool.result("web", "a"));
    assertBelow(spool.path(), "logs/web/a.log", spool.log("web", "a"));
    assertBelow(spool.path(), "status.json", spool.status());
    assertEquals("logs/web/a.log", spool.logReference("web", "a"));
  }

  @Test
  void stateHasANameForEverythingTheRunnerKeeps() {
    StateDir state = SYSTEM.state("notes");
    assertBelow(state.path(), "lock", state.lock());
    assertBelow(state.path(), "sequence", state.sequence());
    assertBelow(state.path(), "journals/t", state.journal("t"));
    assertBelow(state.path(), "broken.journal", state.brokenJournal());
    assertBelow(state.path(), "history.jsonl", state.history());
    assertBelow(state.path(), "available.json", state.available());
    assertBelow(state.path(), "mirror.git", state.mirror());
    assertBelow(state.path(), "modules", state.submoduleMirrors());
    assertBelow(state.path(), "service.json", state.service());
    assertBelow(state.path(), "service.log", state.serviceLog());
    assertBelow(state.path(), "service.stdin", state.serviceInput());
    assertBelow(state.path(), "commands.stdin", state.commandInput());
    assertBelow(state.path(), "paused", state.paused());
  }

  @Test
  void applicationIsThatOfTheContract() {
    ApplicationDir application = SpoolLayout.application(Path.of("/opt/./notes"));
    Path root = Path.of("/opt/notes");
    assertEquals(root, application.root());
    assertBelow(root, "current", application.current());
    assertBelow(root, "releases/3.1.0", application.release("3.1.0"));
    assertBelow(root, "releases/3.1.0.partial", application.partialRelease("3.1.0"));
    assertBelow(root, "shared", application.shared());
    assertBelow(root, "snapshots/s", application.snapshot("s"));
    assertBelow(root, "rehearsal", application.rehearsal());
    assertBelow(root, ".spoolway-candidate", application.candidate());
    assertBelow(root, "maintenance", application.maintenance());
    assertBelow(root, "handover", application.handover());
    assertBelow(root, "handover.back", application.handoverBack());
    assertEquals(
        Set.of(
            "current",
            "releases",
            "shared",
            "snapshots",
            "rehearsal",
            ".spoolway-candidate",
            "maintenance",
            "handover",
            "handover.back"),
        ApplicationDir.NAMES);
    assertEquals(
        application.partialRelease("3.1.0"), ApplicationDir.partial(application.release("3.1.0")));
    assertEquals(application.release("3.1.0"), root.resolve(ApplicationDir.linkTarget("3.1.0")));
    assertFalse(ApplicationDir.linkTarget("3.1.0").isAbsolute());
  }

  @Test
  void unfinishedReleasesAreToldByTheirName() {
    assertTrue(ApplicationDir.isPartial("3.1.0.partial"));
    assertFalse(ApplicationDir.isPartial("3.1.0"));
    assertFalse(ApplicationDir.isPartial("3.1.0-partial"));
  }

  private static void assertBelow(Path parent, String expected, Path actual) {
    assertEquals(parent.resolve(expected), actual);
  }
}
