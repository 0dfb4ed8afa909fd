package org.spoolway.host;

import java.nio.file.Path;
import org.spoolway.problem.ProblemException;

/** The application's data. */
public interface Database {

  /** Of an application without a database: nothing to copy, nothing to put back, never written. */
  static Database none() {
    return NoDatabase.INSTANCE;
  }

  /**
   * Whether the database can be reached and copied.
   *
   * @return the bytes that a snapshot needs
   * @throws ProblemException {@code SNAPSHOT_FAILED} when it cannot be copied
   */
  long snapshotBytes() throws ProblemException;

  /**
   * Copies the data as of one instant, also while they are written to. That there is no database
   * yet is a state too, and is restored as such. When this returns the copy survives a power cut.
   *
   * @param directory exists, is empty, and only the runner can enter it
   * @throws ProblemException {@code SNAPSHOT_FAILED}, {@code DISK_FULL}
   */
  void snapshot(Path directory) throws ProblemException;

  /**
   * Sees that a snapshot can be restored, and changes nothing: better known before anything stops.
   *
   * @throws ProblemException {@code RESTORE_FAILED} when it is not whole any more
   */
  void requireWhole(Path snapshot) throws ProblemException;

  /**
   * Puts a snapshot in place of the present data, which are moved aside whole. Nobody is connected.
   * After a crash it is simply repeated: what is already aside stays there. When the present data
   * are the snapshot's, byte for byte, nothing is moved.
   *
   * @param snapshot a directory that {@link #snapshot} filled, or where a restore put data aside;
   *     what is in it stays
   * @param aside where the present data go; created when missing
   * @throws ProblemException {@code RESTORE_FAILED}, {@code DISK_FULL}
   */
  void restore(Path snapshot, Path aside) throws ProblemException;

  /**
   * A word that differs as soon as anything was written; cheap. Equal words mean that nothing was
   * written in between, or that it was undone by a restore; different ones only that something may
   * have been written. Marks that are to be compared are best taken while nobody is connected.
   *
   * @throws ProblemException {@code SNAPSHOT_FAILED} when the database cannot be looked at
   */
  String mark() throws ProblemException;
}
