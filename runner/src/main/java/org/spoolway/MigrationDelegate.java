package org.spoolway;

import java.util.List;

/**
 * What a runner starts as the application's user, to apply SQL to its SQLite database. Nothing for
 * people.
 */
public final class MigrationDelegate {

  private MigrationDelegate() {}

  /**
   * Does what it is asked for, and ends with 0 if it could.
   *
   * @param args what is asked
   */
  public static void main(String[] args) {
    System.exit(Wiring.migrate(List.of(args), System.out) ? 0 : 1);
  }
}
