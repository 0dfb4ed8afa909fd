package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Accounts;
import org.spoolway.host.FakeAccounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Updates;

class SpoolDirectoriesTest {

  @TempDir Path directory;

  private Deployment deployment;
  private SpoolDir spool;
  private StateDir state;
  private Accounts accounts;

  @BeforeEach
  void describe() throws IOException {
    deployment = Deployments.notes(directory.resolve("notes"));
    spool = new SpoolDir(directory.resolve("spool"));
    state = new StateDir(directory.resolve("state"));
    accounts = FakeAccounts.ownerOf(directory);
  }

  private void prepare() {
    try {
      SpoolDirectories.prepare(deployment, spool, state, accounts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  private void assertAsTheyShouldBe() throws IOException {
    for (SpoolDirectories.Place place :
        SpoolDirectories.places(deployment, spool, state, accounts)) {
      int mode = (int) Files.getAttribute(place.path(), "unix:mode") & 07777;
      assertEquals(place.mode(), mode, place.path()::toString);
    }
  }

  /** A crash came before its mode was set. */
  @Test
  void whatACrashLeftHalfMadeIsMadeWhole() throws IOException {
    prepare();
    Files.setPosixFilePermissions(spool.inbox("operator"), Set.of());
    Files.setPosixFilePermissions(spool.processing(), Set.of());
    prepare();
    assertAsTheyShouldBe();
  }

  @Test
  void theRunnersOwnInboxIsNobodyElses() throws IOException {
    Updates looking =
        new Updates(
            Level.NONE,
            Duration.ofHours(6),
            Updates.NONE.windows(),
            Updates.NONE.cooldown(),
            List.of());
    deployment = Deployments.updating(deployment, looking);
    prepare();
    assertAsTheyShouldBe();
    assertEquals(040700, Files.getAttribute(spool.inbox(Deployment.AUTO), "unix:mode"));
  }

  /** A runner and those who ask may all find nothing there. */
  @RepeatedTest(20)
  void severalMayMakeThemAtOnce() throws IOException {
    List<CompletableFuture<Void>> makers =
        Stream.generate(() -> CompletableFuture.runAsync(this::prepare)).limit(4).toList();
    makers.forEach(CompletableFuture::join);
    assertAsTheyShouldBe();
  }
}
