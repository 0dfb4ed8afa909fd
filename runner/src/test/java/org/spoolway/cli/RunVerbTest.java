package org.spoolway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.spool.SpoolLock;

class RunVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  @Test
  void twoDeploymentsMayNotShareARoot() throws Exception {
    home.deployment("apple", "");
    Path file = home.layout.deploymentFile("apple");
    Files.writeString(file, Files.readString(file).replace("/apple\"", "/notes\""));
    FakeMachine.Ran ran = home.run("run", "--drain");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("is also that of "), ran.err());
    assertTrue(ran.err().contains("Give each deployment a root of its own."), ran.err());
    assertTrue(home.run("doctor", "notes").out().contains("is also that of"));
  }

  @Test
  void drainEndsWhenNothingIsLeft() {
    home.run("enqueue", "notes", "update", "--id", "first");
    assertEquals(0, home.run("run", "--drain", "--watch", "off").code());
    assertTrue(home.run("result", "first").out().contains("succeeded"));
  }

  @Test
  void runEndsWithSuccessWhenItIsAskedTo() throws Exception {
    CompletableFuture<FakeMachine.Ran> running =
        CompletableFuture.supplyAsync(() -> home.run("run"));
    await().until(() -> home.machine.termination.get() != null);
    home.machine.termination.get().run();
    assertEquals(0, running.get(20, TimeUnit.SECONDS).code());
  }

  @Test
  void secondRunnerIsTurnedAwayAndLeavesNothingLocked() throws Exception {
    home.deployment("apple", "");
    home.run("enqueue", "notes", "check");
    try (SpoolLock held = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      FakeMachine.Ran second = home.run("run", "--drain");
      assertAll(
          () -> assertEquals(ExitCode.BUSY.code(), second.code()),
          () -> assertTrue(second.err().contains("cannot work deployment notes"), second.err()),
          () -> assertTrue(second.err().contains("4711"), second.err()),
          () -> assertEquals(0, home.run("run", "apple", "--drain").code()),
          () -> assertTrue(held != null));
    }
  }

  @Test
  void wrongFileStopsOnlyItsOwnDeployment() throws Exception {
    home.deployment("broken", "[biuld]\n");
    home.run("enqueue", "notes", "check", "--id", "first");
    FakeMachine.Ran ran = home.run("run", "--drain");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().contains("broken.toml"), ran.err());
    assertTrue(home.run("result", "first").out().contains("succeeded"));
    assertEquals(ExitCode.USAGE.code(), home.run("run", "broken").code());
  }

  @Test
  void workerThatDiesIsOurBugAndDoesNotHang() {
    home.run("enqueue", "notes", "update");
    home.machine.journals = journal -> new CutShort(journal, "fetch");
    FakeMachine.Ran ran = home.run("run");
    assertEquals(ExitCode.BUG.code(), ran.code());
    assertTrue(ran.err().contains("the worker of notes has died"), ran.err());
  }

  @Test
  void workerThatDiesTakesTheOthersOffTheirPosts() throws Exception {
    home.deployment("apple", "");
    home.run("enqueue", "notes", "update");
    home.machine.journals = journal -> new CutShort(journal, "fetch");
    CompletableFuture<FakeMachine.Ran> running =
        CompletableFuture.supplyAsync(() -> home.run("run"));
    try {
      FakeMachine.Ran ran = running.get(20, TimeUnit.SECONDS);
      assertEquals(ExitCode.BUG.code(), ran.code());
      assertTrue(ran.err().contains("the worker of notes has died"), ran.err());
    } finally {
      Optional.ofNullable(home.machine.termination.get()).ifPresent(Runnable::run);
    }
    assertEquals(0, home.machine.beside().run("run", "apple", "--drain").code());
  }

  @Test
  void wayOfNoticingMustBeOneOfTwo() {
    FakeMachine.Ran ran = home.run("run", "--watch", "always");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().contains("always"), ran.err());
  }
}
