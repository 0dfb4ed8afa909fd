package org.spoolway.host.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.spoolway.problem.ProblemException;

/**
 * Tells whether a database was written, from what the file system says alone: nothing is opened.
 *
 * <p>The word is made of size and time of writing of the database's file, and of the journal and
 * the write-ahead log where these are not empty. Every committed transaction changes one of them:
 * in rollback mode the file is written and the journal vanishes or is written, in WAL mode the log
 * is written. An application that starts, reads and stops leaves all of them alone. The inode is no
 * part of it, so that a snapshot that is put back, with its old time, has its old mark again.
 *
 * <p>Where the word errs it says that something may have been written: when a log with content is
 * folded into the database at the last close, when a transaction was rolled back, when the file was
 * touched. Take marks that are to be compared while nobody is connected, and these do not arise.
 *
 * <p>A write in the same tick of the file system's clock as the one before it would show nowhere.
 * So a database that was written just now is looked at again a little later, and one that is being
 * written all the time gets a word that equals no other.
 */
final class Mark {

  /** Longer than a tick of the file system's clock, which is 1 to 10 ms. */
  static final Duration QUIET = Duration.ofMillis(20);

  private static final int LOOKS = 5;

  private final DatabaseFiles files;
  private final Disk disk;
  private final Clock clock;
  private final Complaint complaint;

  Mark(DatabaseFiles files, Disk disk, Clock clock, Complaint complaint) {
    this.disk = disk;
    this.files = files;
    this.clock = clock;
    this.complaint = complaint;
  }

  /** The word; takes a tenth of a second at most. */
  String take() throws ProblemException {
    DatabaseState state = DatabaseState.of(files, disk, complaint);
    for (int look = 1; !state.quietFor(QUIET, clock.instant()); look++) {
      if (look == LOOKS) {
        return state.word() + ";unsettled=" + UUID.randomUUID();
      }
      LockSupport.parkNanos(QUIET.toNanos());
      state = DatabaseState.of(files, disk, complaint);
    }
    return state.word();
  }
}
