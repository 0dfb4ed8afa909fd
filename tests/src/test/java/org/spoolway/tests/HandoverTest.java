package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An application that is one executable hands over to its next release while it serves. */
class HandoverTest {

  /** Of a shell, since on a busy host Python takes longer than a start is watched. */
  private static final String STILLBORN =
      """
      #!/bin/sh
      [ "$1" = --version ] && exec echo app version 1.1.13
      echo no luck today
      exit 1
      """;

  private static final int CALLERS = 4;

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Candidates candidates;
  private Spool spool;

  @BeforeEach
  void install() throws IOException {
    application = new SampleApplication(home, "app");
    candidates = Candidates.of(home, application);
    application.file().set("service", "handover", "true");
    drop("1.0.0");
    spool = application.installed("1.0.0");
  }

  private void drop(String version) throws IOException {
    String program = Release.resource("handing-over").replace("@VERSION@", version);
    candidates.drop("app-" + version, program);
  }

  /** What was asked for while a release was brought, and the end of that. */
  private record Brought(JsonNode result, List<String> answers) {

    void assertNothingLost() {
      List<String> lost =
          answers.stream().filter(answer -> !answer.startsWith("{\"version\"")).toList();
      assertEquals(List.of(), lost, () -> "of " + answers.size());
    }

    boolean anyFrom(String version) {
      return answers.stream().anyMatch(answer -> answer.contains("\"" + version + "\""));
    }
  }

  private Brought bring(String request) {
    try (Callers callers = new Callers(application.port(), CALLERS)) {
      JsonNode result = spool.ask(request);
      Brought brought = new Brought(result, callers.end());
      System.out.printf(
          "%s: %d answers, %s%n", request, brought.answers().size(), Results.text(result, "state"));
      return brought;
    }
  }

  @Test
  void noConnectionIsLostWhenTheSocketIsTaken() throws IOException {
    drop("1.1.0");
    Brought brought = bring("update@1.1.0");
    assertEquals("succeeded", Results.text(brought.result(), "state"), brought.result()::toString);
    brought.assertNothingLost();
    assertTrue(brought.anyFrom("1.0.0"), "the old one has served meanwhile");
    assertTrue(brought.anyFrom("1.1.0"), "the new one serves");
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(brought.result().path("downtimeMillis").isNull(), brought.result()::toString);
    for (String step : List.of("maintenance-on", "stop")) {
      assertEquals("skipped", Results.text(Results.step(brought.result(), step), "state"), step);
    }
    assertEquals("done", Results.text(Results.step(brought.result(), "retire"), "state"));

    Brought back = bring("rollback@1.0.0");
    assertEquals("succeeded", Results.text(back.result(), "state"), back.result()::toString);
    back.assertNothingLost();
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  /** The one before has never stopped, so there was nothing to notice. */
  @Test
  void aReleaseThatDoesNotStartIsNoticedByNobody() throws IOException {
    long before = application.pid();
    candidates.drop("app-1.1.13", STILLBORN);
    Brought brought = bring("update@1.1.13");
    Results.assertError("rolled_back", "SERVICE_START_FAILED", "start", brought.result());
    brought.assertNothingLost();
    assertFalse(brought.anyFrom("1.1.13"));
    assertEquals(before, application.pid());
    assertEquals(Optional.of("1.0.0"), application.serving());
  }
}
