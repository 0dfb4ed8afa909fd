package org.spoolway.host.git;

import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.git.Pulse.AbandonedException;
import org.spoolway.wording.TransferSize;

/**
 * How far a transfer is: written by the thread that transfers, read by the worker's, which tells
 * others. JGit's tasks come in the order counting and compressing at the source, receiving,
 * resolving.
 */
final class TransferMonitor implements ProgressMonitor, Pulse {

  private static final String AT_THE_SOURCE = "remote: ";
  private static final double RECEIVED = 0.9;
  private static final int LOOK_EVERY = 64;

  private final FreeSpace space;
  private volatile Task task = new Task("connecting", 0, Phase.PREPARING);
  private volatile int done;
  private volatile boolean cancelled;
  private volatile long lastSign = System.nanoTime();
  private volatile @Nullable Path objects;
  private volatile String subject = "";
  private volatile long packBytes;
  private long receivedBytes;
  private long receivedObjects;

  private enum Phase {
    PREPARING,
    RECEIVING,
    RESOLVING
  }

  private record Task(String title, int total, Phase phase) {}

  TransferMonitor(FreeSpace space) {
    this.space = space;
  }

  /** The space that the transfer writes into. */
  FreeSpace space() {
    return space;
  }

  /** Asks the transfer to end. */
  void cancel() {
    cancelled = true;
  }

  /** Whether the disk had run out while this was transferred. */
  boolean diskRanOut() {
    return hasReceived() && space.ranOut(task.total());
  }

  /** Whether anything was written by now. */
  boolean hasReceived() {
    return task.phase() != Phase.PREPARING;
  }

  /**
   * Says what is transferred from now on.
   *
   * @param newSubject what it is for people, or an empty text for the release itself
   * @param newObjects the directory that received packs grow in
   */
  void transferring(String newSubject, Path newObjects) {
    subject = newSubject;
    objects = newObjects;
    done = 0;
    packBytes = 0;
    task = new Task("connecting", 0, Phase.PREPARING);
    sign();
  }

  /** How long there was no sign of life. */
  long silentNanos() {
    return System.nanoTime() - lastSign;
  }

  /** The part that is done, 0.0 to 1.0, or null while that cannot be told. */
  @Nullable Double fraction() {
    Task now = task;
    if (now.phase() == Phase.PREPARING || now.total() == 0 || !subject.isEmpty()) {
      return null;
    }
    double part = Math.min(1.0, (double) done / now.total());
    return now.phase() == Phase.RECEIVING ? RECEIVED * part : RECEIVED + (1 - RECEIVED) * part;
  }

  /** What is being done, such as {@code 3.1 MB, 420 of 1000 objects}. */
  String detail() {
    Task now = task;
    String counted = now.total() > 0 ? done + " of " + now.total() : done > 0 ? "" + done : "";
    String what =
        switch (now.phase()) {
          case PREPARING -> (now.title() + " " + counted).strip();
          case RECEIVING -> TransferSize.of(incomingBytes()) + ", " + counted + " objects";
          case RESOLVING -> "unpacking " + counted + " objects";
        };
    return subject.isEmpty() ? what : subject + ": " + what;
  }

  /**
   * What all in all has come, such as {@code 3.1 MB, 1000 objects}; for the thread that transfers.
   */
  String summary() {
    return receivedObjects == 0
        ? "nothing new"
        : TransferSize.of(receivedBytes) + ", " + receivedObjects + " objects";
  }

  /** A pack that is whole has another name already, and is as large as it was last seen. */
  private long incomingBytes() {
    Path directory = objects;
    long bytes = directory == null ? 0 : IncomingPack.bytes(directory);
    return bytes == 0 ? packBytes : bytes;
  }

  private void sign() {
    lastSign = System.nanoTime();
  }

  @Override
  public void beat() throws AbandonedException {
    sign();
    if (cancelled) {
      throw new AbandonedException();
    }
  }

  @Override
  public void start(int totalTasks) {
    sign();
  }

  @Override
  public void beginTask(String title, int totalWork) {
    sign();
    Phase before = task.phase();
    boolean remote = title.startsWith(AT_THE_SOURCE);
    Phase phase =
        remote ? Phase.PREPARING : before == Phase.PREPARING ? Phase.RECEIVING : Phase.RESOLVING;
    String shown =
        remote ? title.substring(AT_THE_SOURCE.length()).toLowerCase(Locale.ROOT) : title;
    done = 0;
    task = new Task(shown, Math.max(0, totalWork), phase);
  }

  @Override
  public void update(int completed) {
    sign();
    int now = done + completed;
    done = now;
    if (now % LOOK_EVERY == 0) {
      space.look();
    }
  }

  @Override
  public void endTask() {
    sign();
    space.look();
    if (task.phase() == Phase.RECEIVING) {
      packBytes = incomingBytes();
      receivedBytes += packBytes;
      receivedObjects += done;
    }
  }

  @Override
  public boolean isCancelled() {
    sign();
    return cancelled;
  }

  @Override
  public void showDuration(boolean enabled) {}
}
