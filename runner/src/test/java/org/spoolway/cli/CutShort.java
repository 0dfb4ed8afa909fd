package org.spoolway.cli;

import java.io.IOException;
import org.spoolway.journal.CutShortJournal;

/** Has a runner die in the middle of a job. */
final class CutShort {

  private CutShort() {}

  /** Carries out what waits, and dies in a step. */
  static void in(String step, Home home) throws IOException {
    FakeMachine runner = home.machine.beside();
    runner.journals = journal -> new CutShortJournal(journal, step);
    int code = runner.run("run", "--drain").code();
    if (code != ExitCode.BUG.code()) {
      throw new AssertionError("the runner ended with " + code);
    }
  }
}
