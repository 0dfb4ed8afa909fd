package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.hostfile.FakeHostConfiguration;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class UninstallVerbTest {

  private static final String HOST =
      """
      [service]
      type = "systemd"
      units = ["notes.service"]
      [host]
      user = "ada"
      [deploy]
      from = "deploy"
      """;

  @TempDir private Path directory;
  private Home home;
  private FakeHostConfiguration host;
  private Path root;
  private Path aside;

  @BeforeEach
  void install() throws IOException {
    home = Home.withNotes(Files.createDirectory(directory.resolve("home")));
    home.deployment("notes", HOST);
    host = new FakeHostConfiguration(directory.resolve("host"));
    home.machine.configuration = host;
    home.machine.sources.publish(
        "1.2.0", java.util.Map.of("deploy/notes.service", "[Service]\nUser=@USER@\n"), "");
    home.run("enqueue", "notes", "update");
    home.drain();
    root = home.path.resolve("roots/notes");
    aside = home.layout.deploymentFile("notes").resolveSibling("notes.toml.uninstalled");
    Files.createDirectories(root.resolve("shared"));
    Files.writeString(root.resolve("shared/notes.db"), "data");
    assertTrue(Files.exists(host.directories().unit("notes.service")));
  }

  @Test
  void dataStayAndAllThatOthersReadGoes() throws Exception {
    host.forget();
    FakeMachine.Ran ran = home.run("uninstall", "notes");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertEquals("data", Files.readString(root.resolve("shared/notes.db"))),
        () -> assertTrue(Files.isDirectory(home.spool().results())),
        () -> assertTrue(ran.out().contains("kept " + root + "\n"), ran.out()),
        () -> assertTrue(ran.out().endsWith("kept " + aside + "\n"), ran.out()),
        () -> assertFalse(Files.exists(host.directories().unit("notes.service"))),
        () -> assertFalse(Files.exists(host.directories().dropIn("notes.service"))),
        () -> assertEquals(List.of("disable [notes.service]", "reload [SYSTEMD]"), host.calls()),
        () -> assertEquals(null, home.machine.services.running()),
        () -> assertFalse(Files.exists(home.layout.deploymentFile("notes"))));
  }

  @Test
  void dataGoWhenThatIsSaid() throws Exception {
    FakeMachine.Ran ran = home.run("uninstall", "notes", "--delete-data", "--json");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertTrue(ran.out().contains("\"deployment\" : \"notes\""), ran.out()),
        () -> assertTrue(ran.out().contains("\"" + root + "\""), ran.out()),
        () -> assertFalse(Files.exists(root)),
        () -> assertFalse(Files.exists(home.spool().path())),
        () -> assertFalse(Files.exists(home.state().path())),
        () -> assertFalse(Files.exists(aside)));
  }

  @Test
  void aServiceThatDoesNotStopKeepsItsData() throws Exception {
    home.machine.services.failStop(
        new ProblemException(Problem.SERVICE_STOP_FAILED, "cannot stop notes: it hangs"));
    assertEquals(1, home.run("uninstall", "notes", "--delete-data").code());
    assertTrue(Files.exists(root.resolve("shared/notes.db")));
  }

  @Test
  void whatWasCutShortIsDoneBySayingItAgain() throws Exception {
    home.machine.services.failStop(
        new ProblemException(Problem.SERVICE_STOP_FAILED, "cannot stop notes: it hangs"));
    home.run("uninstall", "notes");
    home.machine.services.failStop(null);
    FakeMachine.Ran ran = home.run("uninstall", "notes");
    assertEquals(0, ran.code(), ran.err());
    assertFalse(Files.exists(host.directories().unit("notes.service")));
  }

  @Test
  void dataThatWereKeptCanBeDeletedLater() throws Exception {
    home.run("uninstall", "notes");
    FakeMachine.Ran ran = home.run("uninstall", "notes", "--delete-data");
    assertEquals(0, ran.code(), ran.err());
    assertFalse(Files.exists(root));
    assertFalse(Files.exists(aside));
  }

  @Test
  void aRunnerThatServesLetsGoAndServesOn() throws Exception {
    home.deployment("apple", "");
    try (Serving serving = new Serving(home)) {
      FakeMachine.Ran ran = home.run("uninstall", "notes", "--delete-data");
      assertEquals(0, ran.code(), ran.err());
      assertFalse(Files.exists(root));
      assertTrue(serving.lives());
    }
    assertFalse(Files.exists(home.spool().path()));
  }

  @Test
  void installedAgainItServesAsBefore() throws Exception {
    Path unit = host.directories().unit("notes.service");
    Path file = directory.resolve("notes.toml");
    home.run("uninstall", "notes");
    Files.copy(aside, file);
    assertTrue(
        home.run("install", file.toString(), "--dry-run")
            .out()
            .endsWith("would restart 1.2.0 with its files in place\n"));
    CompletableFuture<FakeMachine.Ran> installing =
        CompletableFuture.supplyAsync(() -> home.run("install", file.toString()));
    org.awaitility.Awaitility.await()
        .until(() -> Files.exists(home.layout.deploymentFile("notes")));
    try (Serving serving = new Serving(home)) {
      assertTrue(serving.lives());
      FakeMachine.Ran ran = installing.get(20, TimeUnit.SECONDS);
      assertEquals(0, ran.code(), ran.err());
    }
    assertTrue(Files.exists(unit));
    assertEquals(
        "notes is installed, at 1.2.0; nothing is missing\n",
        home.run("install", file.toString()).out());
  }

  @Test
  void whatIsNotThereIsNotUninstalled() {
    FakeMachine.Ran ran = home.run("uninstall", "ntoes");
    assertEquals(ExitCode.NOT_FOUND.code(), ran.code());
    assertTrue(ran.err().contains("Perhaps notes is meant."), ran.err());
  }
}
