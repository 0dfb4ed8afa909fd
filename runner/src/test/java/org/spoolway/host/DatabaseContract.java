package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database.Afterwards;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What every database does, the fake one included. There is none at the start of each test. */
public abstract class DatabaseContract {

  /** For the database and its snapshots. */
  @TempDir protected Path scratch;

  private int staged;

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
    restore(data("replaced"), "replaced-again");
    assertEquals("after", read());
  }

  @Test
  void snapshotCanBeRestoredAnyNumberOfTimes() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    for (int time = 1; time <= 3; time++) {
      write("after " + time);
      restore(stage(snapshot, Afterwards.KEPT), "replaced-" + time);
      assertEquals("before", read());
    }
  }

  @Test
  void whatWasPutAsideCanBePutBack() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    restore(snapshot, "replaced");
    restore(data("replaced"), "replaced-again");
    assertEquals("after", read());
  }

  @Test
  void whatIsAsideIsNotOverwrittenByAnotherRestore() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("first after");
    restore(stage(snapshot, Afterwards.KEPT), "replaced");
    write("second after");
    restore(snapshot, "replaced");
    assertEquals("before", read());
    restore(data("replaced"), "replaced-again");
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
    restore(stage(snapshot, Afterwards.KEPT), "replaced");
    for (Path whole : List.of(none, snapshot, data("replaced"))) {
      assertDoesNotThrow(() -> stage(whole, Afterwards.KEPT), whole::toString);
    }
    Path empty = Files.createDirectory(scratch.resolve("empty"));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> stage(empty, Afterwards.KEPT));
    assertEquals(Problem.RESTORE_FAILED, refused.problem());
    assertEquals("first", read());
  }

  @Test
  void whetherThereIsADatabaseShowsInHowItIsCopied() throws Exception {
    Database.Readiness none = database().requireReady();
    assertEquals(0, none.bytes());
    write("something");
    assertNotEquals(none.method(), database().requireReady().method());
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
  void theSchemaStaysWhateverIsWrittenAndComesBackWithTheData() throws Exception {
    write("one");
    String schema = database().contents().schema();
    Path snapshot = snapshot("1");
    write("two");
    assertEquals(schema, database().contents().schema());
    restore(snapshot, "replaced");
    assertEquals(schema, database().contents().schema());
    assertEquals(database().mark(), database().contents().mark());
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

  @Test
  void backupIsAsGoodAsASnapshot() throws Exception {
    write("before");
    Path backup = Files.createDirectories(data("1"));
    database().backup(backup);
    write("after");
    restore(stage(backup, Afterwards.KEPT), "replaced");
    assertEquals("before", read());
  }

  @Test
  void whatWasReplacedAndWhatReplacedItChangePlaces() throws Exception {
    write("before");
    Path snapshot = snapshot("1");
    write("after");
    restore(snapshot, "replaced");
    if (database().exchanges()) {
      database().restore(data("replaced"), snapshot);
      assertEquals("after", read());
      assertDoesNotThrow(() -> stage(snapshot, Afterwards.USED_UP));
      restore(snapshot, "replaced-again");
      assertEquals("before", read());
    }
  }

  @Test
  void discardingMayBeRepeated() throws Exception {
    write("kept");
    Path snapshot = snapshot("1");
    Path never = data("never");
    for (int time = 1; time <= 2; time++) {
      database().discard(snapshot);
      database().discard(never);
    }
    assertEquals("kept", read());
  }

  /** Where the data of a snapshot of this name lie. */
  protected final Path data(String name) {
    return scratch.resolve(name).resolve("data");
  }

  /** Takes a snapshot of this name. */
  protected final Path snapshot(String name) throws Exception {
    Path directory = Files.createDirectories(data(name));
    database().snapshot(directory);
    return directory;
  }

  /** Makes a snapshot ready, under a name that is new each time. */
  protected final Path stage(Path snapshot, Afterwards afterwards) throws ProblemException {
    return database().stage(snapshot, data("staged-" + ++staged), afterwards);
  }

  /** Puts in place what is staged or a snapshot, and aside what there is. */
  protected final void restore(Path snapshot, String aside) throws ProblemException {
    database().restore(snapshot, data(aside));
  }
}
