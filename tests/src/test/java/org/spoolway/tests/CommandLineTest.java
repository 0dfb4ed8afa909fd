package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The verbs as people and scripts use them: what they print and how they exit. */
class CommandLineTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"1s\"");
    spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
  }

  private Program.Ended exits(int code, String... arguments) {
    Program.Ended ended = home.spoolway(arguments);
    assertEquals(code, ended.exit(), () -> List.of(arguments) + "\n" + ended.all());
    if (code != 0 && code != 1 && code != 4) {
      assertTrue(ended.err().contains("Fix: "), ended.all());
    }
    return ended;
  }

  @Test
  void updateWaitsForItsEndAndPrintsTheStepsAsPlainLines() {
    Program.Ended ended = exits(0, "update", "app");

    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(ended.out().contains("migrate") && ended.out().contains("succeeded"), ended.out());
    assertFalse(ended.all().contains("\u001b"), "no colour but on a terminal");
  }

  @Test
  void updateThatFailsExitsWithOneAndSaysWhatToDo() {
    application.release("1.2.0", new Release().schema(2).health("unavailable"));

    Program.Ended ended = exits(1, "update", "app", "--version", "1.2.0");

    assertTrue(
        ended.all().contains("cannot pass the gate") && ended.all().contains("Fix: "), ended.all());
    assertTrue(
        ended.all().contains("rolled_back") || ended.all().contains("rolled back"), ended.all());
    exits(1, "update", "app", "--version", "9.9.9");
  }

  @Test
  void nothingToDoExitsWithZero() {
    exits(0, "update", "app", "--version", "1.0.0");
  }

  @Test
  void endsThatAreNoEndsOfAJobExitWithFour() {
    exits(4, "enqueue", "app", "check", "--expires", "2020-01-01T00:00:00Z", "--wait");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    exits(2, "frobnicate");
    exits(2, "update");
    exits(2, "update", "app", "--frobnicate");
    exits(2, "update", "app", "--version", "not-a-version");
    exits(2, "enqueue", "app", "frobnicate");
    exits(2, "enqueue", "app", "hotfix");
  }

  @Test
  void whatIsNotThereExitsWithFive() {
    exits(5, "update", "wiki");
    exits(5, "result", "no-such-request");
    exits(5, "logs", "no-such-request");
    exits(5, "explain", "no-such-request");
  }

  @Test
  void enqueuePrintsTheIdOfWhatItHasDropped() {
    String id =
        exits(0, "enqueue", "app", "check", "--id", "mine", "--reason", "to see").out().strip();

    assertTrue(id.contains("mine"), id);
    assertEquals("to see", Results.text(spool.await("mine"), "reason"));
    exits(0, "result", "mine");
    exits(0, "explain", "mine");
  }

  @Test
  void factsAreOneJsonDocument() {
    exits(0, "update", "app");
    for (String verb : List.of("status", "queue", "history", "releases", "snapshots")) {
      JsonNode facts = Json.parse(exits(0, verb, "--json").out());
      assertTrue(facts.isArray() || facts.isObject(), verb);
    }
    assertEquals(
        "1.1.0", Results.text(Json.parse(exits(0, "status", "app", "--json").out()), "current"));
    assertTrue(exits(0, "history").out().contains("1.1.0"));
    assertTrue(exits(0, "releases").out().contains("1.0.0"));
  }

  @Test
  void planShowsEveryStepWithItsReasonAndChangesNothing() {
    World before = application.world();

    JsonNode plan = Json.parse(exits(0, "plan", "app", "--json").out());
    String shown = exits(0, "plan", "app").out();

    assertTrue(Results.text(plan, "planSha256").matches("[0-9a-f]{64}"), plan.toString());
    for (JsonNode step : plan.path("steps")) {
      assertTrue(shown.contains(Results.text(step, "name")), shown);
      assertFalse(Results.text(step, "why").isBlank(), step.toString());
    }
    assertEquals(before, application.world());
    exits(0, "update", "app", "--version", "1.1.0", "--plan", Results.text(plan, "planSha256"));
  }

  @Test
  void pausedQueueStartsNothingUntilItIsResumed() {
    exits(0, "pause", "app");
    exits(0, "enqueue", "app", "check", "--id", "waits");
    spool.await("waits", "queued");
    Until.isTrue("the status saying so", () -> spool.status().path("paused").asBoolean());

    exits(0, "resume", "app");

    assertEquals("succeeded", Results.text(spool.await("waits"), "state"));
  }

  @Test
  void logsFollowARequestToItsEnd() {
    application.release(
        "1.2.0", new Release().schema(2).build("echo the first line; sleep 1; echo the last line"));
    exits(0, "enqueue", "app", "update", "--version", "1.2.0", "--id", "slow");

    String log = exits(0, "logs", "slow", "-f").out();

    assertTrue(log.contains("the first line") && log.contains("the last line"), log);
  }

  @Test
  void cancelTakesBackWhatRuns() {
    application.release(
        "1.2.0", new Release().build("touch " + home.marker("build") + "; exec sleep 600"));
    exits(0, "enqueue", "app", "update", "--version", "1.2.0", "--id", "long");
    Until.isTrue("the build having begun", () -> Files.exists(home.marker("build")));

    exits(0, "cancel", "long");

    assertEquals("cancelled", Results.text(spool.await("long"), "state"));
  }

  @Test
  void requestsWithoutARunnerWaitForOne() {
    home.stopRunners();
    exits(0, "update", "app", "--detach", "--id", "later");

    assertEquals(0, home.drain());

    assertEquals("succeeded", Results.text(spool.await("later"), "state"));
  }

  @Test
  void doctorFindsNothingWrongWithAHealthyDeployment() {
    Program.Ended ended = exits(0, "doctor", "app");

    assertFalse(ended.out().contains("wrong "), ended.out());
  }
}
