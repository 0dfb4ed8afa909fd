package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What can be asked beside updates: check, restart, backup, restore, prune. */
class OtherActionsTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;

  @BeforeEach
  void publish() {
    application = new SampleApplication(home, "app");
  }

  @Test
  void checkBeforeTheFirstReleaseFindsIt() {
    application.release("1.0.0", new Release()).write();
    home.run();
    Spool spool = home.spool("app");

    JsonNode result = spool.ask("check");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals("1.0.0", Results.text(spool.status().path("available"), "version"));
    assertEquals(Optional.empty(), application.live());
  }

  @Test
  void restartGivesTheSameReleaseANewProcess() {
    Spool spool = application.installed();
    World before = application.world();
    long pid = application.pid();

    JsonNode result = spool.ask("restart");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(before, application.world());
    assertNotEquals(pid, application.pid());
    assertFalse(Processes.isAlive(pid));
  }

  @Test
  void backupCopiesTheDataWhileTheApplicationServes() {
    Spool spool = application.installed();
    long pid = application.pid();

    JsonNode result = spool.ask("backup.before-the-move");

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(List.of(Results.text(result, "snapshot")), backups());
    assertEquals(pid, application.pid());
    assertTrue(result.path("downtimeMillis").isNull());
  }

  private List<String> backups() {
    return application.names("snapshots").stream().filter(name -> name.endsWith("-1.0.0")).toList();
  }

  @Test
  void restorePutsABackupInPlaceAndKeepsWhatItReplaces() {
    Spool spool = application.installed();
    String snapshot = Results.text(spool.ask("backup"), "snapshot");
    String data = application.dump();
    application.addNote();

    JsonNode result = restore(spool, "back", snapshot);

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(data, application.dump());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertFalse(application.maintenance());
    assertTrue(application.names("snapshots").stream().anyMatch(name -> name.contains("replaced")));
  }

  @Test
  void restoreOfAnUnknownSnapshotFailsAndChangesNothing() {
    Spool spool = application.installed();
    World before = application.world();

    JsonNode result = restore(spool, "nothing", "17-0.0.1");

    Results.assertError("failed", "SNAPSHOT_UNKNOWN", "resolve", result);
    assertEquals(before, application.world());
  }

  private static JsonNode restore(Spool spool, String id, String snapshot) {
    return spool.request(
        id, "\"action\": \"restore\", \"params\": {\"snapshot\": " + Json.quote(snapshot) + "}");
  }

  @Test
  void pruningLeavesWhatRunsAndWhatARollbackNeeds() {
    application
        .file()
        .set("keep", "releases", "2")
        .set("keep", "snapshots", "1")
        .set("keep", "days", "0");
    Spool spool = application.installed();
    for (String version : List.of("1.1.0", "1.2.0", "1.3.0")) {
      application.release(
          version, new Release().schema(Integer.parseInt(version.substring(2, 3)) > 1 ? 2 : 1));
      assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    }

    assertEquals("succeeded", Results.text(spool.ask("prune"), "state"));
    assertEquals(List.of("1.2.0", "1.3.0"), application.names("releases"));
    assertEquals("succeeded", Results.text(spool.ask("rollback"), "state"));
    assertEquals(Optional.of("1.2.0"), application.serving());
  }

  @Test
  void pruningRemovesWhatAnInterruptedUnpackingHasLeft() throws IOException {
    Spool spool = application.installed();
    Files.createDirectories(application.root().resolve("releases/2.0.0.partial/some"));

    assertEquals("succeeded", Results.text(spool.ask("prune"), "state"));

    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void actionsThatComeLaterAreRefusedByName() {
    Spool spool = application.installed();

    Results.assertError("rejected", "ACTION_NOT_SUPPORTED", spool.ask("hotfix"));
  }

  @Test
  void changesOfTheLiveReleaseNeedOne() {
    application.release("1.0.0", new Release()).write();
    home.run();
    Spool spool = home.spool("app");

    for (String action : List.of("restart", "backup", "rollback")) {
      Results.assertError("failed", "NOT_INSTALLED", "resolve", spool.ask(action));
    }
  }
}
