package org.spoolway.host.git;

import java.io.File;
import java.nio.file.Path;

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
}
