package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.problem.ProblemException;

/**
 * Kills a restore after each of its changes to the disk, kills the repetition after each of its
 * own, and lets the third run end. The present database is one that a killed process left, so that
 * its content is spread over two files.
 */
class RestoreCrashTest {

  private static final int MORE_THAN_ALL = 100;

  @TempDir static Path scratch;

  @ParameterizedTest
  @CsvSource({
    "delete, ONE_FILE_SYSTEM",
    "wal, ONE_FILE_SYSTEM",
    "delete, TWO_FILE_SYSTEMS",
    "wal, TWO_FILE_SYSTEMS",
    "delete, DELEGATED",
    "wal, DELEGATED"
  })
  void wheneverItDiesRepeatingItRestoresAllAndKeepsAll(String journalMode, Layout layout)
      throws Exception {
    Path origin = Files.createTempDirectory(scratch, "origin");
    Scene scene = Scene.prepare(origin, journalMode);
    int changes = 0;
    while (!diesTwice(scene, layout, changes)) {
      changes++;
    }
    assertTrue(changes > 8, "it makes that many changes: " + changes);
  }

  @ParameterizedTest
  @CsvSource({"delete", "wal"})
  void wheneverItDiesRepeatingItLeavesNoDatabaseWhereThereWasNone(String journalMode)
      throws Exception {
    Scene scene = Scene.prepare(Files.createTempDirectory(scratch, "origin"), journalMode);
    boolean ended = false;
    for (int changes = 0; !ended; changes++) {
      Place place = Place.of(scene, Layout.ONE_FILE_SYSTEM);
      ended = place.restoreDyingAfter(changes, place.absent());
      place.restoreDyingAfter(MORE_THAN_ALL, place.absent());
      assertEquals(List.of(), names(place.data()));
      place.requireSetAside(scene);
    }
  }

  /** Whether the first run ended before it made so many changes. */
  private static boolean diesTwice(Scene scene, Layout layout, int changes) throws Exception {
    for (int again = changes % layout.stride; ; again += layout.stride) {
      Place place = Place.of(scene, layout);
      boolean firstEnded = place.restoreDyingAfter(changes, place.snapshot());
      place.requireNoForeignJournal();
      boolean secondEnded = place.restoreDyingAfter(again, place.snapshot());
      place.requireNoForeignJournal();
      assertTrue(place.restoreDyingAfter(MORE_THAN_ALL, place.snapshot()));
      place.requireRestored();
      place.requireSetAside(scene);
      if (secondEnded) {
        return firstEnded;
      }
    }
  }

  /** Whether what is put aside must be copied; then there are many more places to die at. */
  enum Layout {
    ONE_FILE_SYSTEM(1),
    TWO_FILE_SYSTEMS(4),
    /** What happens in the database's directory is another one's business. */
    DELEGATED(4);

    /** Of so many deaths of a repetition one is tried, another one for each first death. */
    private final int stride;

    Layout(int stride) {
      this.stride = stride;
    }
  }

  /**
   * What the places of one test are copies of.
   *
   * @param directory holds the database, its snapshot, and a snapshot of its absence
   */
  record Scene(Path directory) {

    static Scene prepare(Path directory, String journalMode) throws Exception {
      Path data = Files.createDirectory(directory.resolve("data"));
      Path absent = Files.createDirectory(directory.resolve("absent"));
      Path snapshot = Files.createDirectory(directory.resolve("snapshot"));
      Path path = data.resolve("notes.db");
      SqliteDatabase database = new SqliteDatabase(path, Clock.systemUTC());
      database.snapshot(absent);
      SqliteFile file = SqliteFile.create(path, journalMode);
      file.execute("INSERT INTO note VALUES('past', randomblob(9000))");
      database.snapshot(snapshot);
      file.execute("INSERT INTO note VALUES('present', randomblob(9000))");
      try (Application application = Application.stuck(path, journalMode)) {
        application.kill();
      }
      return new Scene(directory);
    }
  }

  /**
   * One copy of a scene, in which one restore is tried.
   *
   * @param directory holds it all
   */
  record Place(Path directory, Layout layout) {

    static Place of(Scene scene, Layout layout) throws IOException {
      Path directory = Files.createTempDirectory(scratch, "place");
      try (Stream<Path> files = Files.walk(scene.directory())) {
        for (Path file : files.skip(1).toList()) {
          Files.copy(file, directory.resolve(scene.directory().relativize(file)));
        }
      }
      return new Place(directory, layout);
    }

    Path data() {
      return directory.resolve("data");
    }

    Path snapshot() {
      return directory.resolve("snapshot");
    }

    Path absent() {
      return directory.resolve("absent");
    }

    private Path aside() {
      return directory.resolve("replaced").resolve("data");
    }

    /** Whether it ended before it was killed. */
    boolean restoreDyingAfter(int changes, Path snapshot) throws ProblemException, IOException {
      Path file = data().resolve("notes.db");
      try (Conversation delegate =
          new Conversation(Delegates.here(), file, Duration.ofMinutes(1))) {
        return restoreDyingAfter(changes, snapshot, disk(delegate));
      }
    }

    private Disk disk(Conversation delegate) {
      return switch (layout) {
        case ONE_FILE_SYSTEM -> new LocalDisk();
        case TWO_FILE_SYSTEMS -> new TwoFileSystems(data());
        case DELEGATED -> new DelegatedDisk(DatabaseFiles.of(data().resolve("notes.db")), delegate);
      };
    }

    private boolean restoreDyingAfter(int changes, Path snapshot, Disk disk)
        throws ProblemException {
      Disk dying = new DyingDisk(disk, changes);
      try {
        new SqliteDatabase(data().resolve("notes.db"), Clock.systemUTC(), dying, Duration.ZERO)
            .restore(snapshot, aside());
        return true;
      } catch (DyingDisk.Died died) {
        return false;
      }
    }

    /** A restored database beside a journal or log of the one before would be destroyed by it. */
    void requireNoForeignJournal() throws Exception {
      Path copy = snapshot().resolve("database.sqlite");
      Path main = data().resolve("notes.db");
      if (Files.exists(main) && Files.mismatch(copy, main) < 0) {
        assertEquals(List.of(), new SqliteFile(main).beside());
      }
    }

    void requireRestored() throws Exception {
      assertEquals(List.of("notes.db"), names(data()));
      Path restored = data().resolve("notes.db");
      assertEquals(-1, Files.mismatch(snapshot().resolve("database.sqlite"), restored));
    }

    /** Byte for byte, all parts of it, under their own names and nothing else. */
    void requireSetAside(Scene scene) throws IOException {
      Path before = scene.directory().resolve("data");
      assertEquals(names(before), names(aside()));
      for (String name : names(before)) {
        assertEquals(-1, Files.mismatch(before.resolve(name), aside().resolve(name)), name);
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
