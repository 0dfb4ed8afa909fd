package org.spoolway.host.postgres;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** What the server calls the database of a snapshot, after the snapshot's own name. */
final class CopyName {

  /** What the server cuts names off at, in bytes; those here are ASCII. */
  private static final int LONGEST = 63;

  private static final String MARK = "_spoolway_";

  private CopyName() {}

  /**
   * The name, such as {@code notes_spoolway_42_3_1_0}, or else the next that nobody has: jobs may
   * have begun to count anew.
   *
   * @param data the snapshot's directory of data, below the one with its name
   */
  static String free(String database, Path data, Collection<String> taken) {
    return IntStream.iterate(0, further -> further + 1)
        .mapToObj(further -> of(database, data, further))
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow();
  }

  private static String of(String database, Path data, int further) {
    String snapshot =
        data.toAbsolutePath().resolveSibling("").getFileName()
            + (further == 0 ? "" : "-" + (further + 1));
    String whole =
        database + MARK + snapshot.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    if (whole.length() <= LONGEST) {
      return whole;
    }
    CRC32 sum = new CRC32();
    sum.update((database + "/" + snapshot).getBytes(StandardCharsets.UTF_8));
    String tail =
        MARK + sequence(snapshot) + "_" + HexFormat.of().toHexDigits((int) sum.getValue());
    return database.substring(0, Math.min(database.length(), LONGEST - tail.length())) + tail;
  }

  private static String sequence(String snapshot) {
    return snapshot.replaceAll("[^0-9].*$", "");
  }
}
