package org.spoolway.host.postgres;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Says what went wrong with a database: {@code cannot copy the database notes: <observed>}.
 *
 * @param problem the kind, when it is not a full disk
 * @param verb what was tried
 * @param database its name
 */
record Complaint(Problem problem, String verb, String database) {

  ProblemException about(String observed) {
    return new ProblemException(problem, sentence(observed));
  }

  ProblemException about(String observed, String fix) {
    return about(observed, fix, null);
  }

  ProblemException about(IOException e) {
    return new ProblemException(problem, sentence(String.valueOf(e.getMessage())), e);
  }

  ProblemException about(SqlFailure e) {
    if (e.is(SqlFailure.DISK_FULL)) {
      return new ProblemException(
          Problem.DISK_FULL, sentence("the server has no room left: " + e.observed()), e);
    } else if (e.is(SqlFailure.NO_PRIVILEGE)) {
      return about(
          e.observed(),
          "Let `database.role` name a superuser, or the database's owner with CREATEDB.",
          e);
    } else if (e.is(SqlFailure.IN_USE)) {
      return about(
          e.observed(),
          "End these sessions; a process that hangs is found by its pid on the server's host.",
          e);
    } else if (!e.isServers()) {
      return about(
          e.observed(),
          "See that the server runs, and that `host`, `port`, `role` and `user` of [database] let"
              + " Spoolway in.",
          e);
    }
    return about(e.observed(), problem.fix(), e);
  }

  private ProblemException about(String observed, String fix, @Nullable Throwable cause) {
    return new ProblemException(problem, sentence(observed), fix, cause);
  }

  private String sentence(String observed) {
    return "cannot " + verb + " the database " + database + ": " + observed;
  }
}
