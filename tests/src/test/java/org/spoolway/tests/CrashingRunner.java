package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.spoolway.Wiring;
import org.spoolway.cli.Spoolway;
import org.spoolway.journal.Journal;
import org.spoolway.journal.JournalEntry;

/**
 * The program as it is, but for journals that kill it. It is told when by the file {@code crash} in
 * the directory of the system property {@code spoolway.crash}: {@code ID before N} or {@code ID
 * after N}, N counting the appends of this process to the journal of the request ID. By {@code ID
 * halted N} it makes the file {@code halted} after that append, and waits until {@code crash} is
 * gone. What is appended is noted in the file {@code appends.ID} there.
 */
final class CrashingRunner {

  private static final long PAUSE_NANOS = 5_000_000;

  private final Path directory;

  private CrashingRunner(Path directory) {
    this.directory = directory;
  }

  /** Runs one command, as {@code spoolway} does. */
  public static void main(String[] args) {
    CrashingRunner crashing = new CrashingRunner(Path.of(System.getProperty("spoolway.crash")));
    System.exit(Spoolway.execute(args, new Wiring(crashing::wrap)));
  }

  private Journal wrap(Journal journal) {
    return new DyingJournal(journal, journal.progress().accepted().id().value());
  }

  /** Notes what is appended, and dies when its time has come. */
  private final class DyingJournal implements Journal {
    private final Journal journal;
    private final String id;
    private int appends;

    DyingJournal(Journal journal, String id) {
      this.journal = journal;
      this.id = id;
    }

    @Override
    public void append(JournalEntry entry) throws IOException {
      appends++;
      dieIf("before");
      journal.append(entry);
      Files.writeString(
          directory.resolve("appends." + id),
          describe(entry) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      dieIf("after");
      haltIf();
    }

    @Override
    public List<JournalEntry> entries() {
      return journal.entries();
    }

    private void dieIf(String when) throws IOException {
      if (isOrdered(when)) {
        die();
      }
    }

    private void haltIf() throws IOException {
      if (isOrdered("halted")) {
        Files.createFile(directory.resolve("halted"));
        while (Files.exists(directory.resolve("crash"))) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }

    private boolean isOrdered(String what) throws IOException {
      Path order = directory.resolve("crash");
      String expected = id + " " + what + " " + appends;
      return Files.exists(order) && Files.readString(order).equals(expected);
    }
  }

  private static String describe(JournalEntry entry) {
    String name = entry.getClass().getSimpleName();
    if (entry instanceof JournalEntry.Applying applying) {
      return name + " " + applying.step();
    } else if (entry instanceof JournalEntry.Applied applied) {
      return name + " " + applied.step();
    } else if (entry instanceof JournalEntry.Skipped skipped) {
      return name + " " + skipped.step();
    } else if (entry instanceof JournalEntry.Undoing undoing) {
      return name + " " + undoing.step();
    } else if (entry instanceof JournalEntry.Undone undone) {
      return name + " " + undone.step();
    }
    return name;
  }

  /** SIGKILL, so that nothing of the program can react; this thread does not go on. */
  private static void die() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }
}
