package org.spoolway.wording;

import java.util.Locale;

/** How much has been transferred, as people say it, in powers of 1000. */
public final class TransferSize {

  private TransferSize() {}

  /** Such as {@code 12 kB} or {@code 3.1 MB}. */
  public static String of(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%d kB", (bytes + 999) / 1000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
