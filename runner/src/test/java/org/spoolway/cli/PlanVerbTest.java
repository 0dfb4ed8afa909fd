package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;

class PlanVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  private static Result result(FakeMachine.Ran ran) throws SchemaJson.Malformed {
    return SchemaJson.result(ran.out().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stepsAreShownWithTheirReasonsAndNothingIsChanged() {
    FakeMachine.Ran ran = home.run("plan", "notes");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () ->
            assertTrue(ran.out().startsWith("update of notes from nothing to 1.1.0\n"), ran.out()),
        () ->
            assertTrue(
                ran.out().contains("planned  fetch") && ran.out().contains("is not on this host"),
                ran.out()),
        () ->
            assertTrue(
                ran.out().matches("(?s).*\nexpected: stays open; [0-9.]+ .iB free\n.*"), ran.out()),
        () -> assertTrue(ran.out().matches("(?s).*\nhash [0-9a-f]{64}\n"), ran.out()),
        () -> assertFalse(Files.exists(home.state().path())),
        () -> assertFalse(Files.exists(home.spool().path())),
        () -> assertFalse(Files.exists(directory.resolve("roots"))));
  }

  @Test
  void hashIsThatOfADryRunAndHoldsTheRequestToThePlan() throws Exception {
    Result planned = result(home.run("plan", "notes", "--json"));
    home.run("enqueue", "notes", "update", "--dry-run", "--id", "dry");
    home.run(
        "enqueue",
        "notes",
        "update",
        "--id",
        "held",
        "--plan",
        String.valueOf(planned.planSha256()));
    home.drain();
    Result dry = result(home.run("result", "dry", "--json"));
    assertAll(
        () -> assertEquals(Outcome.PLANNED, planned.state()),
        () -> assertEquals(dry.planSha256(), planned.planSha256()),
        () -> assertEquals(dry.steps().size(), planned.steps().size()),
        () ->
            assertEquals(Outcome.SUCCEEDED, result(home.run("result", "held", "--json")).state()));
  }

  @Test
  void versionAndActionCanBeNamed() throws Exception {
    assertEquals("1.0.0", planned("plan", "notes", "update", "--version", "1.0.0"));
    home.run("enqueue", "notes", "update", "--version", "1.0.0");
    home.drain();
    home.run("enqueue", "notes", "update");
    home.drain();
    assertEquals("1.0.0", planned("plan", "notes", "rollback"));
    assertEquals(0, home.run("plan", "notes", "restart").code());
  }

  private String planned(String... args) throws SchemaJson.Malformed {
    String[] json = java.util.Arrays.copyOf(args, args.length + 1);
    json[args.length] = "--json";
    return String.valueOf(result(home.run(json)).to());
  }

  @Test
  void nothingToDoIsUnchanged() throws Exception {
    home.run("enqueue", "notes", "update");
    home.drain();
    FakeMachine.Ran ran = home.run("plan", "notes");
    assertEquals(0, ran.code());
    assertTrue(ran.out().contains("unchanged: 1.1.0 is live"), ran.out());
  }

  @Test
  void planThatWouldFailSaysWhyAndWhatToDo() {
    FakeMachine.Ran ran = home.run("plan", "notes", "--version", "9.9.9");
    assertAll(
        () -> assertEquals(ExitCode.FAILED.code(), ran.code()),
        () -> assertTrue(ran.err().startsWith("spoolway: cannot find version 9.9.9"), ran.err()),
        () -> assertTrue(ran.err().contains("\nFix: "), ran.err()),
        () -> assertTrue(ran.out().contains("failed   resolve"), ran.out()),
        () -> assertFalse(ran.out().contains("swap"), ran.out()));
  }

  @Test
  void planOfACheckWritesNothingDown() {
    assertEquals(0, home.run("plan", "notes", "check").code());
    assertFalse(Files.exists(home.state().available()));
  }

  @Test
  void snapshotToRestoreIsTheWordAfterTheAction() {
    FakeMachine.Ran ran = home.run("plan", "notes", "restore", "nope");
    assertEquals(ExitCode.FAILED.code(), ran.code());
    assertTrue(ran.err().contains("cannot restore"), ran.err());
  }
}
