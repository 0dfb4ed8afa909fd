package org.spoolway.host.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Commands;
import org.spoolway.host.Database.Afterwards;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Data that are put back by commands, wherever these fail or their runner dies. */
class RestoreByCommandsTest {

  /** Writes half of the data, and fails as long as it is told to. */
  private static final String HALF =
      """
      head -c 3 below/present > "$DATA"
      if [ -e "$DATA.fail" ]; then echo 'lost the connection'; exit 4; fi
      cat below/present > "$DATA"
      """;

  @TempDir Path scratch;
  private CopiedFile file;
  private Path snapshot;

  @BeforeEach
  void write() throws Exception {
    file = new CopiedFile(scratch.resolve("root"));
    file.write("before");
    snapshot = Files.createDirectories(data("1"));
    file.database().snapshot(snapshot);
    file.write("after");
  }

  @Test
  void restoreThatFailedHalfWayIsRepeatedAndKeepsWhatIsAside() throws Exception {
    failHalfWay();
    ProblemException failure = assertThrows(ProblemException.class, () -> restore("replaced"));
    assertEquals(Problem.RESTORE_FAILED, failure.problem());
    assertEquals(
        "cannot restore the data with `./restore`: it exited with status 4: lost the connection",
        failure.getMessage());
    assertEquals("bef", file.read());
    mend();
    restore("replaced");
    assertEquals("before", file.read());
    file.database().restore(data("replaced"), data("replaced-again"));
    assertEquals("after", file.read());
  }

  /** Commands that copy data may fail at what is only half there. */
  @Test
  void halfRestoredDataAreNotPutAsideWhoeverRestoresNext() throws Exception {
    failHalfWay();
    assertThrows(ProblemException.class, () -> restore("replaced"));
    file.program("snapshot", "echo 'these are no data'; exit 1");
    mend();
    file.database().restore(data("replaced"), data("undone"));
    assertEquals("after", file.read());
    assertFalse(Files.exists(data("undone")));
  }

  @Test
  void whatSomebodyHasPutRightMeanwhileIsPutAside() throws Exception {
    failHalfWay();
    assertThrows(ProblemException.class, () -> restore("replaced"));
    mend();
    file.write("put right by hand");
    file.database().snapshot(Files.createDirectories(data("2")));
    restore("replaced-2");
    assertEquals("before", file.read());
    file.database().restore(data("replaced-2"), data("replaced-3"));
    assertEquals("put right by hand", file.read());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whereverItsRunnerDiesItIsRepeatedAndNothingIsLost(int moment) throws Exception {
    AtomicInteger left = new AtomicInteger(moment);
    file.through(commands -> new Dying(commands, left));
    assertThrows(Death.class, () -> restore("replaced"));
    file.through(commands -> commands);
    restore("replaced");
    assertEquals("before", file.read());
    file.database().restore(data("replaced"), data("replaced-again"));
    assertEquals("after", file.read());
  }

  @Test
  void dataThatCannotBePutAsideStay() throws Exception {
    file.program("snapshot", "echo half > half; exit 1");
    ProblemException failure = assertThrows(ProblemException.class, () -> restore("replaced"));
    assertEquals(Problem.RESTORE_FAILED, failure.problem());
    assertTrue(failure.getMessage().startsWith("cannot put aside the data"), failure.getMessage());
    assertEquals("after", file.read());
    assertFalse(Files.exists(data("replaced").resolve("snapshot.json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf X | dd of=copy/below/present conv=notrunc 2>&1",
        "rm copy/below/present",
        "rm -r copy",
        "echo more > copy/more",
        "ln copy/below/present elsewhere",
        "echo '{' > snapshot.json",
        "sed -i 's,/v1,/v9,' snapshot.json"
      })
  void damageIsFoundBeforeAnythingIsChanged(String damage) throws Exception {
    Process done =
        new ProcessBuilder("sh", "-ec", damage).directory(snapshot.toFile()).inheritIO().start();
    assertEquals(0, done.waitFor());
    for (String step : new String[] {"stage", "restore"}) {
      ProblemException found =
          assertThrows(
              ProblemException.class,
              () -> {
                if (step.equals("stage")) {
                  file.database().stage(snapshot, data("staged"), Afterwards.KEPT);
                }
                restore("replaced");
              });
      assertEquals(Problem.RESTORE_FAILED, found.problem());
    }
    assertEquals("after", file.read());
    assertFalse(Files.exists(data("replaced")));
  }

  private void failHalfWay() throws IOException {
    file.program("restore", HALF);
    Files.createFile(failing());
  }

  private void mend() throws IOException {
    Files.delete(failing());
  }

  private Path failing() {
    return Path.of(file.file() + ".fail");
  }

  private void restore(String aside) throws ProblemException {
    file.database().restore(snapshot, data(aside));
  }

  private Path data(String name) {
    return scratch.resolve(name).resolve("data");
  }

  /** The end of the process, as far as a test can have it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Lets its runner die right before, or right after, one of the commands. */
  private record Dying(Commands commands, AtomicInteger left) implements Commands {

    @Override
    public Exit run(Command command, Output output, Interruption interruption) {
      die();
      Exit exit = commands.run(command, output, interruption);
      die();
      return exit;
    }

    private void die() {
      if (left.decrementAndGet() == 0) {
        throw new Death();
      }
    }

    @Override
    public int endAll(String mark) {
      return commands.endAll(mark);
    }

    @Override
    public void requireAllEnded(String mark) throws ProblemException {
      commands.requireAllEnded(mark);
    }
  }
}
