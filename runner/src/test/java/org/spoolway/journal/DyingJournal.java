package org.spoolway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A journal in a file whose runner dies at a chosen append. */
public final class DyingJournal implements Journal {

  /** Which side of the append it dies on. */
  public enum Moment {
    /** The entry is not written: what it tells of has happened, or what it announces has not. */
    BEFORE,
    /** The entry is in the file. */
    AFTER,
    /**
     * The entry was written, but the power goes, and with it every entry since the last forced one.
     */
    POWER_CUT
  }

  /**
   * When it dies.
   *
   * @param append counted from 1 in each life
   */
  public record At(int append, Moment moment) {

    /** Never. */
    public static final At NEVER = new At(Integer.MAX_VALUE, Moment.AFTER);
  }

  private final JournalFile journal;
  private final At death;
  private int appends;
  private long forcedBytes;

  /** A journal that is opened for one life. */
  public DyingJournal(JournalFile journal, At death) throws IOException {
    this.journal = journal;
    this.death = death;
    this.forcedBytes = Files.size(journal.file());
  }

  @Override
  public void append(JournalEntry entry) throws IOException {
    appends++;
    boolean last = appends == death.append();
    if (last && death.moment() == Moment.BEFORE) {
      throw new Death("before " + entry);
    }
    journal.append(entry);
    if (entry.forced()) {
      forcedBytes = Files.size(journal.file());
    }
    if (last) {
      loseWhatWasNotForced();
      throw new Death("after " + entry);
    }
  }

  private void loseWhatWasNotForced() throws IOException {
    if (death.moment() == Moment.POWER_CUT) {
      try (FileChannel channel = FileChannel.open(journal.file(), StandardOpenOption.WRITE)) {
        channel.truncate(forcedBytes);
      }
    }
  }

  @Override
  public List<JournalEntry> entries() {
    return journal.entries();
  }
}
