package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.SmallDisk;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** On a small file system of its own, which only root can have. */
class DiskFullTest extends GitFixture {

  private static final int BYTES = 6_000_000;

  private Path small;

  @BeforeEach
  void mountSmallFileSystem() throws IOException {
    small = Files.createDirectory(scratch.resolve("small"));
    assumeTrue(SmallDisk.mount(small, "size=4m"), "mounting a file system takes root");
    byte[] noise = new byte[BYTES];
    new Random(3).nextBytes(noise);
    repository.write("large", noise).release("v1.0.0");
  }

  @AfterEach
  void unmount() throws IOException {
    SmallDisk.unmount(small);
  }

  @Test
  void aFetchThatFillsTheDiskSaysSo() throws Exception {
    StateDir state = new StateDir(small);
    source = new GitSource(repository.url(), state, TIMEOUT, Clock.systemUTC());
    Candidate candidate = candidate("1.0.0");

    ProblemException e = assertProblem(Problem.DISK_FULL, () -> fetch(candidate));

    assertTrue(e.getMessage().endsWith("the file system of " + small + " is full"), e.getMessage());
    assertTrue(Files.getFileStore(small).getUsableSpace() > 3_000_000, "nothing is left behind");
  }

  @Test
  void anExportThatFillsTheDiskSaysSo() throws Exception {
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    Path into = small.resolve("release");

    ProblemException e =
        assertProblem(
            Problem.DISK_FULL,
            () -> source.export(candidate, into, Progress.NONE, new Interruption()));

    assertEquals(
        "cannot write release 1.0.0 to " + into + ": the file system of " + small + " is full",
        e.getMessage());
  }
}
