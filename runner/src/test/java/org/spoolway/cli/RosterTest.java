package org.spoolway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.SampleEntries;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SpoolLock;

/** Deployment files that come, change, go and get wrong while a runner serves. */
class RosterTest {

  private static final String WEB = "[origins.web]\nowners = [\"ada\"]\nactions = [\"*\"]\n";

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  private static void eventually(Callable<Boolean> holds) {
    await().atMost(Duration.ofSeconds(20)).until(holds);
  }

  private boolean isDone(String deployment, String name) {
    return Files.exists(home.layout.spool(deployment).result("operator", name));
  }

  private void ask(String deployment, String id) throws IOException {
    Path inbox = home.layout.spool(deployment).inbox("operator");
    eventually(() -> Files.isDirectory(inbox));
    Files.createFile(inbox.resolve("check." + id));
    eventually(() -> isDone(deployment, "check." + id));
  }

  private boolean isFree(String deployment) throws IOException {
    try (SpoolLock lock =
        SpoolLock.take(home.layout.state(deployment).lock(), deployment, 1, "ada", Home.NOON)) {
      return lock != null;
    } catch (ProblemException e) {
      if (e.problem() != Problem.BUSY) {
        throw new AssertionError(e);
      }
      return false;
    }
  }

  @Test
  void aFileThatComesIsTakenUp() throws Exception {
    try (Serving serving = new Serving(home)) {
      home.deployment("apple", "");
      ask("apple", "one");
      ask("notes", "two");
      assertTrue(serving.lives());
    }
  }

  @Test
  void aFileThatChangesIsReadAnew() throws Exception {
    try (Serving serving = new Serving(home)) {
      ask("notes", "one");
      home.deployment("notes", WEB.replace("web", "operator") + WEB);
      eventually(() -> Files.isDirectory(home.spool().inbox("web")));
      ask("notes", "two");
      assertTrue(serving.lives());
    }
  }

  /** The inbox that is needed then comes into being, too. */
  @Test
  void aFileThatFromNowOnAsksByItselfIsReadAnew() throws Exception {
    try (Serving serving = new Serving(home)) {
      ask("notes", "one");
      home.deployment("notes", "[updates]\nauto = \"all\"\n");
      Path results = home.spool().results("auto");
      eventually(() -> Files.isDirectory(results) && !isEmpty(results));
      assertTrue(serving.lives());
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void aDeploymentWhoseFileGoesIsLetGoOfAndTakenUpAgain() throws Exception {
    Path file = home.layout.deploymentFile("notes");
    Path aside = file.resolveSibling("notes.toml.aside");
    try (Serving serving = new Serving(home)) {
      ask("notes", "one");
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      eventually(() -> isFree("notes"));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      ask("notes", "two");
      assertTrue(serving.lives());
    }
  }

  @Test
  void whileAFileIsWrongWhatItSaidBeforeHolds() throws Exception {
    try (Serving serving = new Serving(home)) {
      ask("notes", "one");
      home.deployment("notes", "[biuld]\n");
      home.deployment("apple", "[biuld]\n");
      ask("notes", "two");
      home.deployment("apple", "");
      home.deployment("notes", WEB.replace("web", "operator") + WEB);
      ask("apple", "three");
      eventually(() -> Files.isDirectory(home.spool().inbox("web")));
      ask("notes", "four");
      assertTrue(serving.lives());
    }
  }

  /** The file has not changed since, and need not. */
  @Test
  void aDeploymentWhoseDirectoryIsMendedIsTakenUp() throws Exception {
    try (Serving serving = new Serving(home)) {
      Path state = Files.createDirectories(home.layout.state("apple").path());
      Files.setAttribute(state, "unix:mode", 0777);
      home.deployment("apple", "");
      eventually(() -> Files.isDirectory(home.layout.spool("apple").inbox("operator")));
      ask("notes", "one");
      Files.setAttribute(state, "unix:mode", 0700);
      ask("apple", "two");
      assertTrue(serving.lives());
    }
  }

  @Test
  void whatSomebodyElseWorksIsTakenUpWhenItIsFree() throws Exception {
    try (Serving serving = new Serving(home)) {
      Path state = Files.createDirectories(home.layout.state("apple").path());
      Files.setAttribute(state, "unix:mode", 0700);
      try (SpoolLock held =
          SpoolLock.take(home.layout.state("apple").lock(), "apple", 1, "ada", Home.NOON)) {
        home.deployment("apple", "");
        eventually(() -> Files.isDirectory(home.layout.spool("apple").inbox("operator")));
        ask("notes", "one");
        assertTrue(held != null);
      }
      ask("apple", "two");
      assertTrue(serving.lives());
    }
  }

  @Test
  void aDeploymentWithAJournalOfANewerRunnerWaitsAloneAndLosesNothing() throws Exception {
    Path journal = home.layout.state("notes").journal("00000001-x");
    try (Serving serving = new Serving(home)) {
      ask("notes", "one");
      assertTrue(serving.lives());
    }
    SampleEntries.writeNewer(journal);
    byte[] before = Files.readAllBytes(journal);
    home.deployment("apple", "");
    try (Serving serving = new Serving(home)) {
      Files.createFile(home.spool().inbox("operator").resolve("check.two"));
      ask("apple", "three");
      assertArrayEquals(before, Files.readAllBytes(journal));
      assertFalse(isDone("notes", "check.two"));
      CompletableFuture<Void> alone = serving.rest().begin("apple");
      eventually(alone::isDone);
      serving.rest().end();
      Files.delete(journal);
      eventually(() -> isDone("notes", "check.two"));
      assertTrue(serving.lives());
    }
  }

  /** So that no job of theirs is undone when the process is replaced by the next one. */
  @Test
  void allButOneRestWhileThatIsAskedFor() throws Exception {
    home.deployment("apple", "");
    try (Serving serving = new Serving(home)) {
      ask("apple", "one");
      CompletableFuture<Void> alone = serving.rest().begin("notes");
      eventually(alone::isDone);
      assertTrue(isFree("apple"));
      ask("notes", "two");
      serving.rest().end();
      ask("apple", "three");
      assertTrue(serving.lives());
    }
  }
}
