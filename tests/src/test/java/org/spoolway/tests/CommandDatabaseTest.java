package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Data of any kind, which commands of the deployment file copy and put back. */
class CommandDatabaseTest {

  @RegisterExtension final Home home = new Home();
  private CommandData data;
  private SampleApplication application;

  @BeforeEach
  void publish() {
    data = new CommandData(home, "app");
    application = new SampleApplication(home, "app", data);
  }

  @Test
  void failedMigrationBringsTheDataBackByteForByte() throws IOException {
    Spool spool = application.installed();
    application.addNote();
    byte[] before = Files.readAllBytes(file());
    application.release("1.1.0", failing());

    JsonNode result = spool.ask("update");

    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", result);
    assertArrayEquals(before, Files.readAllBytes(file()));
    assertEquals(Optional.of("1.0.0"), application.serving());
    String log = spool.log(result);
    assertTrue(log.contains("$ " + data.program("copy") + "\ncopied into "), log);
    assertTrue(log.contains("$ " + data.program("restore") + "\n"), log);
    assertTrue(log.contains("are kept in snapshots/"), log);
  }

  private static Release failing() {
    return new Release()
        .schema(2)
        .migrate("echo 'DELETE FROM notes;' | sqlite3 $SPOOLWAY_SHARED/app.db; exit 1");
  }

  private Path file() {
    return application.root().resolve("shared/app.db");
  }

  @Test
  void runnerThatIsKilledWhileDataAreHalfRestoredIsFollowedByOneThatRestoresThem()
      throws IOException {
    Spool spool = application.installed();
    World before = application.world();
    application.release("1.1.0", failing());
    Files.createFile(home.marker("wait"));
    spool.drop("1700000000-next.json", "{\"id\": \"next\", \"action\": \"update\"}");
    Until.isTrue("half of the data being there", () -> Files.exists(home.marker("half")));

    home.killRunners();
    Files.delete(home.marker("wait"));
    home.run();

    Results.assertError("rolled_back", "MIGRATION_FAILED", "migrate", spool.await("next"));
    assertEquals(before, application.world());
    assertEquals(Optional.of(0L), replacedNotes(), "what was replaced is kept whole");
  }

  /** How many notes there are in the data that were put aside. */
  private Optional<Long> replacedNotes() {
    return application.names("snapshots").stream()
        .filter(name -> name.endsWith("-replaced"))
        .findFirst()
        .map(name -> application.root().resolve("snapshots").resolve(name).resolve("data/copy"))
        .map(
            copy ->
                Program.output(
                    copy, "sqlite3", "-readonly", "app.db", "SELECT count(*) FROM notes"))
        .map(count -> Long.valueOf(count.strip()));
  }

  @Test
  void backupIsListedAndRestoredAndWhatItReplacesIsKept() {
    Spool spool = application.installed();
    String old = application.dump();
    String snapshot = Results.text(spool.ask("backup"), "snapshot");
    application.addNote();
    String listed = home.spoolway("snapshots", "app").outOfSuccess();
    assertTrue(listed.contains(snapshot), listed);

    JsonNode result = restore(spool, "back", snapshot);

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(old, application.dump());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(Optional.of(4L), replacedNotes());
  }

  @Test
  void damagedSnapshotIsFoundBeforeAnythingStops() throws IOException {
    Spool spool = application.installed();
    String snapshot = Results.text(spool.ask("backup"), "snapshot");
    Path copy = application.root().resolve("snapshots/" + snapshot + "/data/copy/app.db");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length - 1] ^= 1;
    Files.write(copy, bytes);
    World before = application.world();
    long pid = application.pid();

    Results.assertError("failed", "RESTORE_FAILED", "stage", restore(spool, "damaged", snapshot));

    assertEquals(before, application.world());
    assertEquals(pid, application.pid());
  }

  private static JsonNode restore(Spool spool, String id, String snapshot) {
    return spool.request(
        id, "\"action\": \"restore\", \"params\": {\"snapshot\": " + Json.quote(snapshot) + "}");
  }

  @Test
  void withoutAWordOfTheDataGoingBackTakesNothingAwayUnlessItIsAskedTo() {
    Spool spool = application.installed();
    String old = application.dump();
    application.release("1.1.0", new Release().schema(2));
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    World before = application.world();

    Results.assertError("failed", "ROLLBACK_WOULD_LOSE", "resolve", spool.ask("rollback"));
    JsonNode kept = spool.request("keep", rollback("keep"));
    Results.assertError("failed", "SCHEMA_MISMATCH", "resolve", kept);
    String message = Results.text(kept.path("error"), "message");
    assertTrue(message.contains("no `database.schema` tells"), message);
    assertEquals(before, application.world());

    JsonNode result = spool.request("restore", rollback("restore"));
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(old, application.dump());
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void withWordsOfTheDataGoingBackIsAsWithAnyOther() {
    data.tellIn(application.file());
    Spool spool = application.installed();
    String old = application.dump();
    application.release("1.1.0", new Release().schema(2));
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));

    JsonNode back = spool.ask("rollback");
    assertEquals("succeeded", Results.text(back, "state"), back.toPrettyString());
    assertEquals(old, application.dump());

    application.release("1.2.0", new Release());
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    application.addNote();
    String written = application.dump();
    JsonNode again = spool.ask("rollback");
    assertEquals("succeeded", Results.text(again, "state"), again.toPrettyString());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertEquals(written, application.dump());
  }

  private static String rollback(String data) {
    return "\"action\": \"rollback\", \"params\": {\"data\": \"" + data + "\"}";
  }

  @Test
  void missingProgramIsFoundBeforeAnythingStopsAndByDoctor() throws IOException {
    Spool spool = application.installed();
    World before = application.world();
    Files.delete(data.program("restore"));
    application.release("1.1.0", new Release().schema(2));

    Results.assertError("failed", "SNAPSHOT_FAILED", "preflight", spool.ask("update"));

    assertEquals(before, application.world());
    String found = home.spoolway("doctor", "app").all();
    assertTrue(found.contains("`database.restore`"), found);
  }
}
