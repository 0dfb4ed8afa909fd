package org.spoolway.journal;

import java.io.IOException;
import java.util.List;

/** The record of one job, open for appending. */
public interface Journal {

  /**
   * Appends an entry; when this returns and the entry is {@link JournalEntry#forced}, it and all
   * before it survive a power cut.
   *
   * @throws IOException when it may not be on disk; the journal must then not be appended to again
   */
  void append(JournalEntry entry) throws IOException;

  /** All entries so far, in order; the first is always {@link JournalEntry.Accepted}. */
  List<JournalEntry> entries();

  /** What the entries amount to. */
  default JobProgress progress() {
    return JobProgress.of(entries());
  }
}
