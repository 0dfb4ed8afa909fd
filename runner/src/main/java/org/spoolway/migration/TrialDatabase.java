package org.spoolway.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;

/**
 * Makes copies of the application's data, while it serves and writes them, for a release to be
 * tried on. None of them outlives its trial.
 */
public interface TrialDatabase {

  /** Of a deployment whose data nothing can be tried on. */
  static TrialDatabase none() {
    return NoTrialDatabase.INSTANCE;
  }

  /**
   * How large the data are; empty when there are none yet.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when they cannot be looked at
   */
  OptionalLong bytes() throws ProblemException;

  /**
   * Why nobody should make a copy unasked; null when nothing speaks against it.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when that cannot be told
   */
  @Nullable String risk() throws ProblemException;

  /**
   * Makes a copy.
   *
   * @param notes an empty directory that only the runner can enter, where it is written down what
   *     there is to {@link #discard}
   * @param directory an empty directory of the trial's
   * @return the copy's name, or its path below the directory
   * @throws ProblemException {@code SNAPSHOT_FAILED}, {@code DISK_FULL}
   */
  String copy(Path notes, Path directory) throws ProblemException;

  /** Words the commands that carry out SQL in a copy. */
  SqlClient sql(String copy);

  /**
   * What would have kept users waiting, had they worked with the copy while it was migrated: a line
   * for each statement that locked one of their tables. Empty also where that cannot be told.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when it cannot be looked at
   */
  List<String> locks(String copy) throws ProblemException;

  /**
   * Gives up a copy, whole or half made, whoever uses it.
   *
   * @param notes what {@link #copy} got; it need not be there
   * @throws ProblemException {@code SNAPSHOT_FAILED} when that cannot be done
   */
  void discard(Path notes) throws ProblemException;
}
