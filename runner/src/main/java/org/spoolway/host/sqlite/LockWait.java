package org.spoolway.host.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits for a lock by trying again every millisecond. SQLite's own wait tries every tenth of a
 * second in the end, and so seldom meets the short gaps that a steady writer in rollback mode
 * leaves.
 */
final class LockWait extends BusyHandler {

  private static final int GIVE_UP = 0;
  private static final int TRY_AGAIN = 1;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final long patience;
  private long start;

  /** Gives up after so long a wait for one lock. */
  LockWait(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  protected int callback(int earlierTries) throws SQLException {
    long now = System.nanoTime();
    if (earlierTries == 0) {
      start = now;
    }
    if (now - start >= patience) {
      return GIVE_UP;
    }
    LockSupport.parkNanos(PAUSE.toNanos());
    return TRY_AGAIN;
  }
}
