package org.spoolway.host.git;

import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.git.Pulse.AbandonedException;
import org.spoolway.wording.TransferSize;

/** Tells now and then how far an export is, and ends it when that is asked for. */
final class ExportMeter implements Pulse {

  private static final long TELL_NANOS = 200_000_000;

  private final Progress progress;
  private final Interruption interruption;
  private long files;
  private long written;
  private long bytes;
  private long told = System.nanoTime();

  ExportMeter(Progress progress, Interruption interruption) {
    this.progress = progress;
    this.interruption = interruption;
  }

  /** There are so many files more to write. */
  void expect(int more) {
    files += more;
    tell();
  }

  /** One more file is written. */
  void fileWritten() {
    written++;
  }

  /** So many bytes more are written. */
  void bytesWritten(int more) throws AbandonedException {
    bytes += more;
    beat();
  }

  @Override
  public void beat() throws AbandonedException {
    if (interruption.requested()) {
      throw new AbandonedException();
    }
    if (System.nanoTime() - told > TELL_NANOS) {
      tell();
    }
  }

  /** Tells how far it is now. */
  void tell() {
    told = System.nanoTime();
    Double fraction = files == 0 ? null : Math.min(1.0, (double) written / files);
    String size = TransferSize.of(bytes);
    progress.at(fraction, size + ", " + written + " of " + files + " files");
  }
}
