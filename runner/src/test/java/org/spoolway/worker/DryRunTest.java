package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Trees;
import org.spoolway.host.FakeDatabase;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** What a dry run tells those who are about to press the button. */
class DryRunTest {

  private static final long LEAST_FREE_BYTES = 32L << 20;

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void update() throws IOException {
    place = new Workplace(directory).installed();
    place.touch("update");
    place.drain();
    assertNotNull(place.result("update").downtimeMillis());
  }

  private Result ask(String id, String fields) throws IOException {
    place.drop("1700000000-" + id + ".json", "{\"id\": \"" + id + "\", " + fields + "}");
    place.drain();
    return place.result(id);
  }

  private Result plan(String action) throws IOException {
    return ask("plan-" + action, "\"dryRun\": true, \"action\": \"" + action + "\"");
  }

  @Test
  void updateIsExpectedToTakeWhatTheLastOneTook() throws IOException {
    place.offer("1.2.0");
    Result planned = plan("update");
    assertEquals(Outcome.PLANNED, planned.state());
    Result.Expected expected = planned.expected();
    assertEquals(place.result("update").downtimeMillis(), expected.downtimeMillis());
    long live = Trees.bytes(place.site().releases().directory(new Version("1.1.0")));
    assertTrue(expected.bytes() > LEAST_FREE_BYTES + live, expected.toString());
    assertTrue(expected.freeBytes() > 0);
  }

  @Test
  void rollbackIsExpectedToTakeWhatAnUpdateTookAndFetchesNothing() throws IOException {
    Result.Expected expected = plan("rollback").expected();
    assertEquals(place.result("update").downtimeMillis(), expected.downtimeMillis());
    assertTrue(expected.bytes() < LEAST_FREE_BYTES + 4096, expected.toString());
  }

  @Test
  void actionThatNeverRanHasNoExperience() throws IOException {
    Result planned = plan("restart");
    assertEquals(Outcome.PLANNED, planned.state());
    assertNull(planned.expected().downtimeMillis());
    assertEquals(0, plan("backup").expected().downtimeMillis());
  }

  @Test
  void whatIsCarriedOutExpectsNothing() throws IOException {
    assertNull(place.result("update").expected());
    Result unchanged = ask("again", "\"dryRun\": true, \"action\": \"update\"");
    assertEquals(Outcome.UNCHANGED, unchanged.state());
    assertNull(unchanged.expected());
  }

  @Test
  void planOfARollbackThatRestoresTellsWhatWouldBeLost() throws IOException {
    place.database.write(FakeDatabase.SCHEMA + "of 1.1.0\nwritten since\nand more");
    Result refused = plan("rollback");
    assertEquals("ROLLBACK_WOULD_LOSE", refused.error().code());
    assertTrue(refused.error().message().contains("lines: 2 added"), refused.error().message());
    assertNull(refused.expected());

    Result planned =
        ask(
            "restore",
            "\"dryRun\": true, \"action\": \"rollback\", \"params\": {\"data\": \"restore\"}");
    assertEquals(Outcome.PLANNED, planned.state());
    assertEquals(
        "the request asks for the data of 1.0.0, which have nothing of what was written since; put"
            + " aside is lines: 2 added",
        why(planned, "restore"));
    assertEquals(place.result("update").downtimeMillis(), planned.expected().downtimeMillis());
  }

  @Test
  void planOfARollbackSaysWhenWhatWasWrittenCannotBeTold() throws IOException {
    place.database.write(String.valueOf(place.database.content()));
    assertTrue(
        why(
                ask(
                    "restore",
                    "\"dryRun\": true, \"action\": \"rollback\","
                        + " \"params\": {\"data\": \"restore\"}"),
                "restore")
            .endsWith("nothing of what was written since, whatever that is; it is put aside"));
  }

  private static String why(Result result, String step) {
    return result.steps().stream()
        .filter(s -> s.name().equals(step))
        .map(Result.Step::why)
        .findFirst()
        .orElseThrow();
  }
}
