package org.spoolway.host.sqlite;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;

/** What lies on disk of a database, each part null when it is absent. */
record DatabaseState(
    @Nullable FileState main,
    @Nullable FileState journal,
    @Nullable FileState wal,
    @Nullable FileState shm) {

  private static final String NO_LINKS =
      "Name the file itself in `database.path`, not a link to it, and leave nothing but SQLite's own"
          + " files beside it.";

  /**
   * Looks at all parts.
   *
   * @throws ProblemException also when one of them is no plain file
   */
  static DatabaseState of(DatabaseFiles files, Disk disk, Complaint complaint)
      throws ProblemException {
    try {
      return new DatabaseState(
          disk.state(files.main()),
          disk.state(files.part(DatabaseFiles.JOURNAL)),
          disk.state(files.part(DatabaseFiles.WAL)),
          disk.state(files.part(DatabaseFiles.SHM)));
    } catch (FileState.NotPlainException e) {
      throw complaint.about(String.valueOf(e.getMessage()), NO_LINKS, e);
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }

  boolean isNothing() {
    return main == null && journal == null && wal == null && shm == null;
  }

  /** Whether the database's own file is all there is to it: no transaction lies beside it. */
  boolean wholeInItself() {
    return main != null && isEmpty(journal) && isEmpty(wal);
  }

  /** How many bytes a copy needs, with room for what is still beside the database. */
  long bytes() {
    return parts().mapToLong(FileState::bytes).sum();
  }

  /** Whether nothing was written for some time. A time in the future counts as just now. */
  boolean quietFor(Duration time, Instant now) {
    return parts().allMatch(part -> part.modified().toInstant().plus(time).isBefore(now));
  }

  /**
   * The content as one word: equal words of states that were {@linkplain #quietFor quiet} mean
   * equal content. Empty parts count as absent: SQLite makes them when it opens a database and
   * removes them when it closes one, without anything having been written.
   */
  String word() {
    return "main=" + word(main) + ";journal=" + word(journal) + ";wal=" + word(wal);
  }

  private static String word(@Nullable FileState part) {
    return part == null || part.bytes() == 0 ? "-" : part.bytes() + "@" + part.modified();
  }

  private static boolean isEmpty(@Nullable FileState part) {
    return part == null || part.bytes() == 0;
  }

  /** What content is kept in; the index beside a log holds none. */
  private Stream<FileState> parts() {
    return Stream.of(
            Optional.ofNullable(main), Optional.ofNullable(journal), Optional.ofNullable(wal))
        .flatMap(Optional::stream);
  }
}
