package org.spoolway.host.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.problem.ProblemException;

/**
 * Carries work out again when the server is lost on the way: one that was killed, or restarted, is
 * back after a while, and what was begun looks first how far it had come.
 */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** A server that is up may have lost a connection all the same, when another process crashed. */
  private static final int WITH_SERVER_UP = 3;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Psql psql;
  private final Complaint complaint;
  private final Duration patience;

  Attempts(Psql psql, Complaint complaint, Duration patience) {
    this.psql = psql;
    this.complaint = complaint;
    this.patience = patience;
  }

  /** Something that may be done again from its beginning. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SqlFailure, IOException, ProblemException;
  }

  /** The same, for its effect alone. */
  @FunctionalInterface
  interface Task {
    void run() throws SqlFailure, IOException, ProblemException;
  }

  void carryOut(Task task) throws ProblemException {
    carryOut(
        () -> {
          task.run();
          return complaint;
        });
  }

  <T> T carryOut(Work<T> work) throws ProblemException {
    long end = System.nanoTime() + patience.toNanos();
    int withServerUp = 0;
    boolean isFirst = true;
    try {
      while (true) {
        try {
          return work.run();
        } catch (SqlFailure e) {
          withServerUp += !e.isServers() && psql.isUp() ? 1 : 0;
          if (e.isServers() || withServerUp == WITH_SERVER_UP || System.nanoTime() - end >= 0) {
            throw complaint.about(e);
          }
          if (isFirst) {
            LOG.warn("the database server was lost ({}); trying again and again", e.getMessage());
            isFirst = false;
          }
          // The server tells nobody when it is back.
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    } catch (IOException e) {
      throw complaint.about(e);
    }
  }
}
