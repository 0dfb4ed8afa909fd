package org.spoolway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.CutShortJournal;
import org.spoolway.spool.SpoolLock;
import org.spoolway.supervision.FakeSupervisor;

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

  /** Nothing is taken in below the floor; to wait for an empty inbox would be to wait for ever. */
  @Test
  void drainThatMayTakeNothingInSaysSoAndEnds() throws Exception {
    home.deployment("apple", "[floor]\nbytes = \"900000 TiB\"\n");
    home.run("enqueue", "apple", "check", "--id", "first");
    FakeMachine.Ran ran = home.run("run", "apple", "--drain");
    assertEquals(ExitCode.BUSY.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: apple: cannot serve operator: only "), ran.err());
    assertTrue(ran.err().contains("lower `floor.bytes` in the deployment file"), ran.err());
    assertTrue(home.run("queue", "apple").out().contains("in its inbox"));
    assertTrue(home.run("status", "apple").out().contains("not served cannot serve operator"));
  }

  @Test
  void aDirectoryThatOthersCanChangeIsNotWorkedIn() throws Exception {
    home.run("enqueue", "notes", "check", "--id", "first");
    Files.setAttribute(home.spool().processing(), "unix:mode", 0770);
    FakeMachine.Ran ran = home.run("run", "--drain");
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertEquals(
        "spoolway: cannot rely on "
            + home.spool().processing()
            + ": it has mode 770, so that others can change it\nFix: Run `chmod 700 "
            + home.spool().processing()
            + "`.\n",
        ran.err());
  }

  @Test
  void aDeploymentFileThatOthersCanWriteIsNotObeyed() throws Exception {
    Path file = home.layout.deploymentFile("notes");
    for (int mode : new int[] {0666, 01666}) {
      Files.setAttribute(file, "unix:mode", mode);
      FakeMachine.Ran ran = home.run("run", "--drain");
      assertEquals(ExitCode.USAGE.code(), ran.code());
      assertTrue(ran.err().contains("Run `chmod o-w " + file.toRealPath() + "`."), ran.err());
    }
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
  void theSupervisorHearsOfTheBeginningAndOfTheEnd() throws Exception {
    FakeSupervisor supervisor = new FakeSupervisor(Duration.ofMinutes(1));
    home.machine.supervisor = supervisor;
    CompletableFuture<FakeMachine.Ran> running =
        CompletableFuture.supplyAsync(() -> home.run("run"));
    await().until(() -> supervisor.told.contains("ALIVE"));
    home.machine.termination.get().run();
    assertEquals(0, running.get(20, TimeUnit.SECONDS).code());
    supervisor.told.remove("1 deployment; notes: recovering");
    assertEquals(List.of("READY", "1 deployment", "ALIVE", "STOPPING"), supervisor.told);
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
    home.machine.journals = journal -> new CutShortJournal(journal, "fetch");
    FakeMachine.Ran ran = home.run("run");
    assertEquals(ExitCode.BUG.code(), ran.code());
    assertTrue(ran.err().contains("the worker of notes has died"), ran.err());
  }

  @Test
  void workerThatDiesTakesTheOthersOffTheirPosts() throws Exception {
    home.deployment("apple", "");
    home.run("enqueue", "notes", "update");
    home.machine.journals = journal -> new CutShortJournal(journal, "fetch");
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
