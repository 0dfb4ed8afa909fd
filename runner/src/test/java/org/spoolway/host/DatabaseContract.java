package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What every database does, the fake one included. There is none at the start of each test. */
public abstract class DatabaseContract {

  /** For the database and its snapshots. */
  @TempDir protected Path scratch;

  /** The one under test, always the same within a test. */
  protected abstract Database database();

  /** Makes this text the content, as the application would; creates the database if need be. */
  protected abstract void write(String content) throws Exception;

  /** The content as the application would see it, or null when there is no database. */
  protected abstract @Nullable String read() throws Exception;

  @Test
  void restoredContentIsThatOfTheSnapshot() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    restore(snapshot, "replaced");
    assertEquals("before", read());
  }

  @Test
  void noDatabaseYetIsRestoredAsSuch() throws Exception {
    Path snapshot = snapshot("1");
    write("first");
    restore(snapshot, "replaced");
    assertNull(read());
  }

  @Test
  void vanishedDatabaseComesBack() throws Exception {
    Path none = snapshot("none");
    write("kept");
    Path snapshot = snapshot("1");
    restore(none, "gone");
    restore(snapshot, "replaced");
    assertEquals("kept", read());
  }

  @Test
  void restoreMayBeRepeated() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    restore(snapshot, "replaced");
    restore(snapshot, "replaced");
    assertEquals("before", read());
    restore(scratch.resolve("replaced"), "replaced-again");
    assertEquals("after", read());
  }

  @Test
  void snapshotCanBeRestoredAnyNumberOfTimes() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    for (int time = 1; time <= 3; time++) {
      write("after " + time);
      restore(snapshot, "replaced-" + time);
      assertEquals("before", read());
    }
  }

  @Test
  void whatWasPutAsideCanBePutBack() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    restore(snapshot, "replaced");
    restore(scratch.resolve("replaced"), "replaced-again");
    assertEquals("after", read());
  }

  @Test
  void whatIsAsideIsNotOverwrittenByAnotherRestore() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("first after");
    restore(snapshot, "replaced");
    write("second after");
    restore(snapshot, "replaced");
    assertEquals("before", read());
    restore(scratch.resolve("replaced"), "replaced-again");
    assertEquals("first after", read());
  }

  @Test
  void emptyDirectoryIsNoSnapshot() throws Exception {
    write("present");
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> restore(empty, "replaced"));
    assertEquals(Problem.RESTORE_FAILED, refused.problem());
    assertEquals("present", read());
  }

  @Test
  void onlyAWholeSnapshotIsCalledWhole() throws Exception {
    Path none = snapshot("none");
    write("first");
    Path snapshot = snapshot("1");
    write("second");
    restore(snapshot, "replaced");
    for (Path whole : List.of(none, snapshot, scratch.resolve("replaced"))) {
      assertDoesNotThrow(() -> database().requireWhole(whole), whole::toString);
    }
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> database().requireWhole(empty));
    assertEquals(Problem.RESTORE_FAILED, refused.problem());
    assertEquals("first", read());
  }

  @Test
  void snapshotNeedsBytesOnlyWhenThereIsADatabase() throws Exception {
    assertEquals(0, database().snapshotBytes());
    write("something");
    assertTrue(database().snapshotBytes() > 0);
  }

  @Test
  void markStaysWhileNothingIsWritten() throws Exception {
    write("same");
    String mark = database().mark();
    read();
    snapshot("1");
    assertEquals(mark, database().mark());
  }

  @Test
  void markChangesWithEveryWrite() throws Exception {
    String none = database().mark();
    write("one");
    String one = database().mark();
    write("two");
    String two = database().mark();
    assertNotEquals(none, one);
    assertNotEquals(one, two);
    assertNotEquals(none, two);
  }

  @Test
  void failedRestoreMayBeTriedAgain() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    assertThrows(ProblemException.class, () -> restore(empty, "replaced"));
    assertDoesNotThrow(() -> restore(snapshot, "replaced"));
    assertEquals("before", read());
  }

  /** Takes a snapshot into a new directory of this name. */
  protected final Path snapshot(String name) throws Exception {
    Path directory = Files.createDirectory(scratch.resolve(name));
    database().snapshot(directory);
    return directory;
  }

  private void restore(Path snapshot, String aside) throws ProblemException {
    database().restore(snapshot, scratch.resolve(aside));
  }
}
