package org.spoolway.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A journal whose form this program does not know, since a newer one began it. It is whole, and
 * left alone: what it says is for a runner that can read it.
 */
public final class NewerJournalException extends IOException {
  private static final long serialVersionUID = 1L;

  NewerJournalException(Path file, int format) {
    super(
        "cannot read journal "
            + file
            + ": it is in format "
            + format
            + ", and this runner knows formats up to "
            + JournalFormat.KNOWN
            + "; have the newer release of Spoolway that began it finish it");
  }
}
