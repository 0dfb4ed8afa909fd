package org.spoolway.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A journal that is on no disk, for a plan that is only shown and for nothing that acts. */
public final class MemoryJournal implements Journal {

  private final List<JournalEntry> entries = new ArrayList<>();

  /** A journal of one request. */
  public MemoryJournal(JournalEntry.Accepted accepted) {
    entries.add(accepted);
  }

  @Override
  public void append(JournalEntry entry) {
    entries.add(entry);
  }

  @Override
  public List<JournalEntry> entries() {
    return Collections.unmodifiableList(entries);
  }
}
