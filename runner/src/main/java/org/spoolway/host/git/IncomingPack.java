package org.spoolway.host.git;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/** The pack that JGit is receiving: it grows under a name of its own until it is whole. */
final class IncomingPack {

  private static final String PREFIX = "incoming_";

  private IncomingPack() {}

  /** Whether a name in a mirror's directory of objects is of a pack that is not whole. */
  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  /** How much has come so far. */
  static long bytes(Path objects) {
    File[] packs =
        objects.toFile().listFiles((directory, name) -> isName(name) && name.endsWith(".pack"));
    long bytes = 0;
    if (packs != null) {
      for (File pack : packs) {
        bytes += pack.length();
      }
    }
    return bytes;
  }

  /** A number of bytes for people, such as {@code 3.1 MB}. */
  static String describe(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%d kB", (bytes + 999) / 1000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
