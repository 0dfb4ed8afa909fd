package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Status;

/** A worker that serves, while others drop, hold and cancel. */
class ServingTest {

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void install() throws IOException {
    place = new Workplace(directory).installed();
  }

  private void dropHeld(String id) throws IOException {
    place.drop(
        "1700000000-" + id + ".json",
        "{\"action\": \"check\", \"id\": \"" + id + "\", \"notBefore\": \"2900-01-01T00:00:00Z\"}");
  }

  private void cancel(String id) throws IOException {
    place.drop(
        "1700000001-cancel-" + id + ".json",
        "{\"action\": \"cancel\", \"id\": \"cancel-"
            + id
            + "\", \"params\": {\"id\": \""
            + id
            + "\"}}");
  }

  @Test
  void statusTellsHowManyWait() throws IOException {
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      for (int waiting = 1; waiting <= 3; waiting++) {
        dropHeld("h" + waiting);
        int expected = waiting;
        Workplace.eventually(() -> assertEquals(expected, place.status().queued()));
      }
    }
  }

  /** Told any sooner, it would be a promise that a crash could break. */
  @Test
  void aCancelIsToldOnceItsJobHasEnded() throws IOException {
    CompletableFuture<Void> building = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    place.commands.on(
        "build",
        (command, output, interruption) -> {
          building.complete(null);
          go.join();
          return new Commands.Exit.Interrupted(Interruption.Cause.CANCEL);
        });
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      place.touch("update");
      building.join();
      cancel("update");
      Workplace.eventually(
          () -> assertEquals(Outcome.RUNNING, place.result("cancel-update").state()));
      go.complete(null);
      Workplace.eventually(
          () -> assertEquals(Outcome.SUCCEEDED, place.result("cancel-update").state()));
      assertEquals(Outcome.CANCELLED, place.result("update").state());
    }
  }

  @Test
  void whatEndsBesideTheRunningJobLeavesItInTheStatus() throws IOException {
    place.commands.on("build", FakeCommands.hanging());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      place.touch("update");
      Workplace.eventually(() -> assertEquals("build", running().step()));
      dropHeld("held");
      cancel("held");
      Workplace.eventually(
          () -> assertEquals(Outcome.SUCCEEDED, place.result("cancel-held").state()));
      assertEquals(Outcome.CANCELLED, place.result("held").state());
      assertEquals("update", running().id().value());
    }
  }

  private Status.Running running() throws IOException {
    Status.Running running = place.status().running();
    assertNotNull(running);
    return running;
  }

  @Test
  void heldJobsDoNotKeepACancelOut() throws IOException {
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      for (int i = 0; i < 5; i++) {
        dropHeld("h" + i);
      }
      Workplace.eventually(() -> assertEquals(5, place.status().queued()));
      cancel("h3");
      Workplace.eventually(() -> assertEquals(Outcome.CANCELLED, place.result("h3").state()));
      Workplace.eventually(() -> assertEquals(4, place.status().queued()));
    }
  }

  @Test
  void aMissingInboxIsToldOfAndServedAgainWhenItIsBack() throws IOException {
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals("events", place.status().watch().mode()));
      Files.delete(place.spool.inbox("web"));
      Workplace.eventually(() -> assertEquals("polling", place.status().watch().mode()));
      assertTrue(place.status().watch().why().contains("web"), () -> "no inbox is named");
      place.touch("check.meanwhile");
      Workplace.eventually(
          () -> assertEquals(Outcome.SUCCEEDED, place.result("check.meanwhile").state()));
      Files.createDirectory(place.spool.inbox("web"));
      Workplace.eventually(() -> assertEquals("events", place.status().watch().mode()));
    }
  }

  @Test
  void aPausedQueueTakesCancelsAndNothingElse() throws IOException {
    Files.createFile(place.state.paused());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      place.touch("check");
      Workplace.eventually(() -> assertEquals(Outcome.QUEUED, place.result("check").state()));
      cancel("check");
      Workplace.eventually(() -> assertEquals(Outcome.CANCELLED, place.result("check").state()));
      place.touch("check.later");
      Workplace.eventually(() -> assertEquals(1, place.status().queued()));
      Files.delete(place.state.paused());
      Workplace.eventually(
          () -> assertEquals(Outcome.SUCCEEDED, place.result("check.later").state()));
    }
  }

  @Test
  void aRehearsedCancelTakesNothingBack() throws IOException {
    dropHeld("held");
    place.drop(
        "1700000001-c.json",
        "{\"action\": \"cancel\", \"dryRun\": true, \"params\": {\"id\": \"held\"}}");
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(
          () -> assertEquals(Outcome.PLANNED, place.result("1700000001-c").state()));
      assertEquals(Outcome.QUEUED, place.result("held").state());
      assertEquals(Instant.parse("2900-01-01T00:00:00Z"), place.result("held").notBefore());
    }
  }
}
