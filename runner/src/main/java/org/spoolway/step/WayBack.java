package org.spoolway.step;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Database.Contents;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Request.Data;
import org.spoolway.schema.Version;

/**
 * What becomes of the data when a release is gone back from: a pure decision. What was written
 * since is not taken away unless somebody says so, and no release is started on data of a form that
 * it was not released for.
 *
 * @param target the release that is gone back to
 * @param asked what the request says of the data, or null
 * @param snapshot the copy of its data that is kept, if any
 * @param isWritten whether the data may have been written since the update
 * @param written what was written since, as far as that can be told
 * @param schema the form of the data as they are
 * @param suiting the forms with which the target has proved itself here; none when nobody looked
 */
record WayBack(
    Version target,
    @Nullable Data asked,
    Optional<String> snapshot,
    boolean isWritten,
    String written,
    String schema,
    Set<String> suiting) {

  /** The snapshot that is put in place; empty when the data stay. */
  Optional<String> data() throws ProblemException {
    if (asked == Data.RESTORE) {
      return Optional.of(
          snapshot.orElseThrow(
              () ->
                  new ProblemException(
                      Problem.SNAPSHOT_UNKNOWN,
                      "cannot restore the data of " + target + ": no snapshot of them is kept")));
    } else if (snapshot.isPresent() && !isWritten && asked == null) {
      return snapshot;
    } else if (suits()) {
      return Optional.empty();
    } else if (snapshot.isPresent() && asked == null) {
      throw wouldLose(target, written);
    } else if (Contents.isUntold(schema)) {
      throw new ProblemException(
          Problem.SCHEMA_MISMATCH,
          "cannot go back to "
              + target
              + " with the data as they are: no `database.schema` tells what form they have, so"
              + " whether that suits "
              + target
              + " is not known",
          "Name a command in `database.schema` for the next time. " + Problem.SCHEMA_MISMATCH.fix(),
          null);
    }
    throw new ProblemException(
        Problem.SCHEMA_MISMATCH,
        "cannot go back to "
            + target
            + " with the data as they are: a migration has changed their form since, and "
            + target
            + " was not released for that");
  }

  /** Of a release that ran before anybody looked there is nothing to say but for its snapshot. */
  private boolean suits() {
    return suiting.isEmpty() ? snapshot.isEmpty() : suiting.contains(schema);
  }

  static ProblemException wouldLose(Version target, String written) {
    return new ProblemException(Problem.ROLLBACK_WOULD_LOSE, losing(target, written));
  }

  /** Why nobody goes back unasked. */
  static String losing(Version target, String written) {
    return "cannot go back to "
        + target
        + ": the application may have written since the update, and a migration has changed the form"
        + " of the data, so that what was written would be lost"
        + (written.isEmpty() ? "" : " (as far as it can be told: " + written + ")");
  }
}
