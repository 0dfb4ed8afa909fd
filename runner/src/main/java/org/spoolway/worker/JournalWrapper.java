package org.spoolway.worker;

import org.spoolway.journal.Journal;

/** Stands between the engine and its journals, for tests that die where they like. */
@FunctionalInterface
public interface JournalWrapper {

  /** Nothing stands between. */
  JournalWrapper NONE = journal -> journal;

  /** What the engine writes to. */
  Journal wrap(Journal journal);
}
