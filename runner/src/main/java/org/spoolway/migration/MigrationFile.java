package org.spoolway.migration;

import java.nio.file.Path;

/**
 * One migration of a release.
 *
 * @param name the file's own name, by which history knows it: letters, digits, dots, dashes, pluses
 *     and underscores
 * @param path where it lies
 * @param sha256 of its bytes, in hexadecimal
 * @param transaction whether it has one
 */
public record MigrationFile(String name, Path path, String sha256, Transaction transaction) {

  /** How what a migration does takes effect. */
  public enum Transaction {
    /** All of it and its line in the history, or nothing. */
    OWN,
    /** Statement by statement, for what a transaction cannot hold. */
    NONE
  }
}
