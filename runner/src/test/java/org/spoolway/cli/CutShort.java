package org.spoolway.cli;

import java.io.IOException;
import java.util.List;
import org.spoolway.journal.Death;
import org.spoolway.journal.Journal;
import org.spoolway.journal.JournalEntry;

/** A journal whose runner dies as soon as it has written that a step begins. */
final class CutShort implements Journal {

  private final Journal journal;
  private final String step;

  CutShort(Journal journal, String step) {
    this.journal = journal;
    this.step = step;
  }

  @Override
  public void append(JournalEntry entry) throws IOException {
    journal.append(entry);
    if (entry instanceof JournalEntry.Applying applying && applying.step().equals(step)) {
      throw new Death("in " + step);
    }
  }

  @Override
  public List<JournalEntry> entries() {
    return journal.entries();
  }

  /** Carries out what waits, and dies in a step. */
  static void in(String step, Home home) throws IOException {
    FakeMachine runner = home.machine.beside();
    runner.journals = journal -> new CutShort(journal, step);
    int code = runner.run("run", "--drain").code();
    if (code != ExitCode.BUG.code()) {
      throw new AssertionError("the runner ended with " + code);
    }
  }
}
