package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.schema.SchemaJson;

class SchemaVerbTest {

  @TempDir private Path directory;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"request", "result", "status", "deployment", "release", "channel", "root"})
  void schemaIsPrintedAsItIs(String kind) {
    assertEquals(
        new FakeMachine.Ran(0, SchemaJson.schemaOf(kind).orElseThrow(), ""),
        machine.run("schema", kind));
  }

  @Test
  void otherKindsAreRefusedWithTheNearest() {
    FakeMachine.Ran ran = machine.run("schema", "requst");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertEquals(
        """
        spoolway: cannot print a schema of "requst": there is none
        Fix: Name one of request, result, status, deployment, release, channel, root; perhaps request.
        """,
        ran.err());
  }

  @Test
  void completionKnowsEveryVerb() {
    FakeMachine.Ran ran = machine.run("completion");
    assertEquals(0, ran.code());
    for (String verb : Verbs.NAMES) {
      assertTrue(ran.out().contains("_picocli_spoolway_" + verb.replace("-", "")), verb);
    }
  }

  @Test
  void completionOffersTheWordsThatAreTaken() {
    String script = machine.run("completion").out();
    assertAll(
        () ->
            assertTrue(
                script.contains(
                    "(\"check\" \"update\" \"rollback\" \"restart\" \"backup\" \"restore\" \"prune\""
                        + " \"cancel\")"),
                "actions of enqueue"),
        () ->
            assertTrue(
                script.contains(
                    "(\"check\" \"update\" \"rollback\" \"restart\" \"backup\" \"restore\""
                        + " \"prune\")"),
                "actions of plan"),
        () -> assertTrue(script.contains("(\"auto\" \"off\")"), "ways of noticing"),
        () ->
            assertTrue(
                script.contains(
                    "(\"request\" \"result\" \"status\" \"deployment\" \"release\" \"channel\""
                        + " \"root\")"),
                "kinds"),
        () -> assertFalse(script.contains("UPDATE") || script.contains("hotfix"), "others"));
  }
}
