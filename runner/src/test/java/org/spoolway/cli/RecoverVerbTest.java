package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.hostfile.FakeHostConfiguration;
import org.spoolway.layout.HostDir;
import org.spoolway.problem.Problem;
import org.spoolway.spool.SpoolLock;

class RecoverVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.deployment("notes", "[build]\nrun = [[\"make\"]]\n");
  }

  @Test
  void withNothingLeftThereIsNothingToDo() {
    assertEquals(new FakeMachine.Ran(0, "notes: nothing was left\n", ""), home.run("recover"));
  }

  @Test
  void jobCutShortIsUndoneAndNotStartedAgain() throws Exception {
    home.run("enqueue", "notes", "update", "--id", "first");
    CutShort.in("build", home);
    assertTrue(Files.exists(directory.resolve("roots/notes/releases/1.1.0")));
    assertEquals(
        new FakeMachine.Ran(0, "notes: first is undone and waits for its turn again\n", ""),
        home.run("recover", "notes"));
    assertFalse(Files.exists(directory.resolve("roots/notes/releases/1.1.0")));
    assertTrue(home.run("result", "first", "--json").out().contains("\"state\" : \"queued\""));
    home.drain();
    assertTrue(home.run("result", "first", "--json").out().contains("\"state\" : \"succeeded\""));
  }

  /** One user's own deployments have no units, and that user no business in the host's /run. */
  @Test
  void beforeServicesUnderAHomeTheHostIsLeftAlone() throws Exception {
    Path holds = HostDir.system().hold("notes").getParent();
    Object before = Files.exists(holds) ? Files.getLastModifiedTime(holds) : "none";
    home.run("enqueue", "notes", "update", "--id", "first");
    CutShort.in("build", home);
    assertEquals(
        new FakeMachine.Ran(0, "notes: first is undone and waits for its turn again\n", ""),
        home.run("recover", "--before-services"));
    assertEquals(before, Files.exists(holds) ? Files.getLastModifiedTime(holds) : "none");
  }

  private Path hold() throws IOException {
    FakeHostConfiguration host = new FakeHostConfiguration(directory.resolve("host"));
    home.machine.configuration = host;
    Path hold = host.directories().hold("notes");
    Files.createDirectories(hold.getParent());
    return Files.createFile(hold);
  }

  @Test
  void beforeServicesWhatIsDecidedIsHeldNoLonger() throws Exception {
    home.run("enqueue", "notes", "update", "--id", "first");
    CutShort.in("build", home);
    Path hold = hold();
    assertEquals(0, home.run("recover", "--before-services").code());
    assertFalse(Files.exists(hold));
  }

  @Test
  void beforeServicesWhatCannotBeDecidedStaysHeld() throws Exception {
    home.deployment(
        "notes",
        """
        [migrate]
        run = [["migrate"]]
        [database]
        type = "sqlite"
        path = "shared/notes.db"
        """);
    FakeDatabase database = FakeDatabase.inMemory();
    home.machine.database = database;
    home.run("enqueue", "notes", "update", "--version", "1.0.0");
    home.drain();
    home.machine.commands.on(
        "migrate",
        (command, output, interruption) -> {
          database.write("half migrated");
          return new Commands.Exit.Status(1);
        });
    database.fail(FakeDatabase.Call.RESTORE, Problem.RESTORE_FAILED);
    home.run("enqueue", "notes", "update");
    home.drain();
    Path hold = hold();
    FakeMachine.Ran ran = home.run("recover", "--before-services");
    assertTrue(ran.err().contains("cannot undo ") && Files.exists(hold), ran.toString());
    assertTrue(Files.exists(hold));
  }

  @Test
  void beforeServicesWhoseFileIsWrongStaysHeld() throws Exception {
    Path hold = hold();
    home.deployment("notes", "[biuld]\n");
    assertTrue(home.run("recover", "--before-services").err().contains("biuld"));
    assertTrue(Files.exists(hold));
  }

  @Test
  void beforeServicesWhatALivingRunnerHasIsLeftToIt() throws Exception {
    Path hold = hold();
    home.run("enqueue", "notes", "check");
    try (SpoolLock held = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      home.run("recover", "--before-services");
      assertTrue(held != null && Files.notExists(hold));
    }
  }

  @Test
  void whatADiskDoesNotLetOneDeploymentDecideKeepsNoOtherWaiting() throws Exception {
    home.deployment("apple", "");
    Files.createDirectories(home.layout.states());
    Files.createFile(home.layout.state("apple").path());
    Path hold = hold();
    FakeMachine.Ran ran = home.run("recover", "--before-services");
    assertTrue(ran.err().contains("apple"), ran.err());
    assertEquals("notes: nothing was left\n", ran.out());
    assertFalse(Files.exists(hold));
  }

  @Test
  void jobWhoseReleaseIsLiveIsFinished() throws Exception {
    home.run("enqueue", "notes", "update", "--id", "first");
    CutShort.in("prune", home);
    FakeMachine.Ran ran = home.run("recover", "notes", "--json");
    assertAll(
        () -> assertEquals(0, ran.code()),
        () -> assertTrue(ran.out().contains("\"deployment\" : \"notes\""), ran.out()),
        () -> assertTrue(ran.out().contains("\"state\" : \"succeeded\""), ran.out()),
        () -> assertTrue(ran.out().contains("\"broken\" : null"), ran.out()));
  }

  @Test
  void whatALivingRunnerWorksIsLeftToIt() throws Exception {
    home.run("enqueue", "notes", "check");
    try (SpoolLock held = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      FakeMachine.Ran ran = home.run("recover", "notes");
      assertAll(
          () -> assertEquals(ExitCode.BUSY.code(), ran.code()),
          () -> assertTrue(ran.err().contains("4711"), ran.err()),
          () -> assertTrue(ran.err().contains("Fix: Leave it to that runner"), ran.err()),
          () ->
              assertTrue(
                  home.run("recover", "notes", "--by-hand")
                      .err()
                      .contains("Fix: Stop that runner first")),
          () -> assertTrue(held != null));
    }
  }
}
