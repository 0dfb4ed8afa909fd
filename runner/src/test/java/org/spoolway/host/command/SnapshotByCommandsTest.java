package org.spoolway.host.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Database;
import org.spoolway.host.Database.Contents;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What commands are to have done before it is called a copy. */
class SnapshotByCommandsTest {

  @TempDir Path scratch;
  private CopiedFile file;
  private Path snapshot;

  @BeforeEach
  void write() throws IOException {
    file = new CopiedFile(scratch.resolve("root"));
    file.write("something");
    snapshot = Files.createDirectories(scratch.resolve("1/data"));
  }

  @Test
  void commandsRunInTheDirectoryThatTheyFillAndAreToldOfIt() throws Exception {
    file.program("snapshot", "pwd; echo $SPOOLWAY_SNAPSHOT; echo $SPOOLWAY_DEPLOYMENT > name\n");
    CapturedOutput output = new CapturedOutput();
    file.database().printingTo(output).snapshot(snapshot);
    Path copy = snapshot.resolve("copy");
    assertEquals("$ ./snapshot\n" + copy + "\n" + copy + "\n", output.text());
    assertEquals("notes\n", Files.readString(copy.resolve("name")));
  }

  @Test
  void whatHasWrittenNothingIsNoCopy() throws Exception {
    file.program("snapshot", "mkdir empty; : > nothing");
    assertTrue(failure().getMessage().contains("has written nothing"), failure().getMessage());
    assertNothingIsLeft();
  }

  @Test
  void oneThatFailsHalfWayLeavesNothingAndIsNamedWithItsLastWords() throws Exception {
    file.program("snapshot", "echo half > half; echo first; echo 'no such table'; exit 3");
    assertEquals(
        "cannot copy the data with `./snapshot`: it exited with status 3: no such table",
        failure().getMessage());
    assertNothingIsLeft();
  }

  @Test
  void oneThatDoesNotEndIsEnded() throws Exception {
    file.timeout(Duration.ofSeconds(1)).program("snapshot", "echo half > half; sleep 1000");
    assertEquals(
        "cannot copy the data with `./snapshot`: it was still running after 1 s",
        failure().getMessage());
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > file; ln -s file other",
        "echo x > file; ln file other",
        "echo x > file; mkfifo pipe",
        "echo x > file; ln \"$DATA\" other"
      })
  void whatCouldChangeLaterIsNoCopy(String script) throws Exception {
    file.program("snapshot", script);
    assertTrue(
        failure().getMessage().endsWith("neither a directory nor a plain file of its own"),
        failure().getMessage());
    assertNothingIsLeft();
  }

  @Test
  void fullDiskIsToldAsSuch() throws Exception {
    assumeTrue(file.isRoot(), "only root can mount a small disk");
    Path small = Files.createDirectories(scratch.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    try {
      snapshot = Files.createDirectories(small.resolve("1/data"));
      file.program("snapshot", "head -c 4000000 /dev/zero > large");
      ProblemException full =
          assertThrows(ProblemException.class, () -> file.database().snapshot(snapshot));
      assertEquals(Problem.DISK_FULL, full.problem(), full.getMessage());
      assertTrue(full.getMessage().contains("./snapshot"), full.getMessage());
      assertNothingIsLeft();
    } finally {
      run("umount", small.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void missingProgramIsFoundBeforeAnythingBegins() throws Exception {
    Files.delete(scratch.resolve("root/restore"));
    ProblemException missing =
        assertThrows(ProblemException.class, () -> file.database().requireReady());
    assertEquals(Problem.SNAPSHOT_FAILED, missing.problem());
    assertEquals(
        "cannot copy the data with `./restore`: there is no executable file "
            + scratch.resolve("root/restore"),
        missing.getMessage());
  }

  @Test
  void sizeIsANumberOfBytes() throws Exception {
    assertEquals(9, file.database().requireReady().bytes());
    for (String answer : new String[] {"9 MB", "-1", "9.5"}) {
      file.program("size", "echo '" + answer + "'");
      ProblemException wrong =
          assertThrows(ProblemException.class, () -> file.database().requireReady());
      assertTrue(wrong.getMessage().contains("\"" + answer + "\""), wrong.getMessage());
    }
  }

  @Test
  void whatNobodyTellsIsNeverTheSame() throws Exception {
    Database database = file.untold().database();
    Contents contents = database.contents();
    Contents again = database.contents();
    assertNotEquals(contents.mark(), again.mark());
    assertNotEquals(contents.schema(), again.schema());
    assertTrue(Contents.isUntold(contents.mark()) && Contents.isUntold(contents.schema()));
    assertEquals(0, database.requireReady().bytes());
  }

  @Test
  void wordThatIsNotToldIsNone() throws Exception {
    for (String script : new String[] {"echo", "exit 1", "true"}) {
      file.program("mark", script);
      ProblemException none = assertThrows(ProblemException.class, () -> file.database().mark());
      assertEquals(Problem.SNAPSHOT_FAILED, none.problem());
    }
  }

  private ProblemException failure() {
    ProblemException failure =
        assertThrows(ProblemException.class, () -> file.database().snapshot(snapshot));
    assertEquals(Problem.SNAPSHOT_FAILED, failure.problem());
    return failure;
  }

  private void assertNothingIsLeft() {
    assertFalse(Files.exists(snapshot.resolve("copy")));
    assertFalse(Files.exists(snapshot.resolve("snapshot.json")));
  }
}
