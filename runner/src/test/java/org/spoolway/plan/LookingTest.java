package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result.Change;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/** What a check finds, and that it changes nothing else. */
class LookingTest {

  private static final Request CHECK = Request.of(Action.CHECK, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void aCheckTellsWhatAnUpdateWouldBringTheNewestFirst() throws Exception {
    Stage stage = Stage.installed(directory);
    stage.offer(new Version("1.2.0"));
    stage.offer(new Version("1.3.0-rc.1"));
    Picture before = stage.picture();
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    Version newest = new Version("1.2.0");
    assertEquals(newest, available(stage).version());
    assertEquals(
        List.of(new Change(newest, "Notes of 1.2.0"), new Change(Stage.NEW, "Notes of 1.1.0")),
        available(stage).changes());
    assertEquals(before, stage.picture());
    assertEquals(List.of(), stage.outside().log());
  }

  @Test
  void aCheckOfTheNewestReleaseFindsNothing() throws Exception {
    Stage stage = Flow.ROLLBACK.stage(directory);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    assertNull(available(stage).version());
    assertEquals(List.of(), available(stage).changes());
  }

  @Test
  void aCheckBeforeTheFirstReleaseSucceeds() throws Exception {
    Stage stage = Stage.empty(directory);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    assertEquals(Stage.OLD, available(stage).version());
    assertEquals(1, available(stage).changes().size());
  }

  @Test
  void aCheckOfASourceWithoutReleasesSucceeds() throws Exception {
    Stage stage = Stage.empty(directory);
    stage.outside().sources.withdraw("1.0.0");
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    assertNull(available(stage).version());
  }

  @Test
  void anUpdateFromASourceWithoutReleasesFails() throws IOException {
    Stage stage = Stage.empty(directory);
    stage.outside().sources.withdraw("1.0.0");
    assertEquals("SOURCE_EMPTY", stage.run(Request.of(Action.UPDATE, null)).failure().code());
    assertFalse(Files.exists(stage.site().application().releases()));
  }

  @Test
  void anUpdateToAVersionThatIsNotThereFails() throws IOException {
    Stage stage = Stage.installed(directory);
    Picture before = stage.picture();
    Request request = Request.of(Action.UPDATE, new Version("9.9.9"));
    assertEquals("VERSION_UNKNOWN", stage.run(request).failure().code());
    assertEquals(before, stage.picture());
  }

  @Test
  void whatLiesAtTheSourceAndIsNoReleaseIsToldWhereverNothingElseIs() throws Exception {
    Stage stage = Stage.empty(directory);
    stage.outside().sources.withdraw("1.0.0");
    stage.outside().sources.refuse("notes-1.1.0", "it is not signed");
    String told = "; not taken: notes-1.1.0 (it is not signed)";

    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    assertEquals("no release is on offer" + told, available(stage).why());
    for (Version wanted : new Version[] {null, new Version("1.1.0")}) {
      String message = stage.run(Request.of(Action.UPDATE, wanted)).failure().message();
      assertTrue(message.endsWith(told), message);
    }
  }

  @Test
  void aCheckTellsOfThreeOfThoseAndCountsTheRest() throws Exception {
    Stage stage = Stage.installed(directory);
    for (String name : new String[] {"a", "b", "c", "d", "e"}) {
      stage.outside().sources.refuse(name, "why");
    }

    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());

    String reason = available(stage).why();
    assertTrue(reason.endsWith("; not taken: a (why), b (why), c (why) and 2 more"), reason);
  }

  private static Status.Available available(Stage stage) throws IOException, SchemaJson.Malformed {
    byte[] bytes = Files.readAllBytes(stage.site().state().available());
    return SchemaJson.read(bytes, Status.Available.class);
  }
}
