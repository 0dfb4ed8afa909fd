package org.spoolway.journal;

import java.io.IOException;
import java.util.List;

/**
 * A journal whose runner dies as soon as it has written that a step begins.
 *
 * @param journal the real one
 * @param step the step's name
 */
public record CutShortJournal(Journal journal, String step) implements Journal {

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
}
