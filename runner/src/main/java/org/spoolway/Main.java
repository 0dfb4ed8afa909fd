package org.spoolway;

import org.spoolway.cli.Spoolway;

/** The program's entry. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(Spoolway.execute(args, new Wiring()));
  }
}
