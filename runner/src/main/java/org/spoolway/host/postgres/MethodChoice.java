package org.spoolway.host.postgres;

import java.util.OptionalLong;
import org.spoolway.host.Database.CopyMethod;

/**
 * How a database is copied, and why: a pure decision.
 *
 * @param method {@code COPY} or {@code DUMP}
 * @param why for people
 * @param isPossible whether there is room for what was asked for
 */
record MethodChoice(CopyMethod method, String why, boolean isPossible) {

  /** The server writes its log, and users their data, beside the copy. */
  private static final long RESERVE = 64L << 20;

  /** Of a server whose disk cannot be looked at, this much is asked for without knowing. */
  private static final long SMALL = 1L << 30;

  /**
   * Decides.
   *
   * @param asked what the deployment file says
   * @param bytes the database's size
   * @param free what is free where the server keeps it; empty when that cannot be told
   */
  static MethodChoice of(CopyMethod asked, long bytes, OptionalLong free) {
    String size = "the database has " + text(bytes);
    String room = free.isPresent() ? ", " + text(free.getAsLong()) + " are free beside it" : "";
    boolean fits =
        free.isEmpty() ? bytes <= SMALL : free.getAsLong() >= bytes + bytes / 10 + RESERVE;
    return switch (asked) {
      case COPY ->
          new MethodChoice(
              CopyMethod.COPY, "the server copies it: " + size + room, free.isEmpty() || fits);
      case DUMP ->
          new MethodChoice(
              CopyMethod.DUMP, "pg_dump writes it out, as `database.method` says: " + size, true);
      case AUTO ->
          fits
              ? new MethodChoice(CopyMethod.COPY, "the server copies it: " + size + room, true)
              : new MethodChoice(
                  CopyMethod.DUMP,
                  "pg_dump writes it out: "
                      + size
                      + (free.isPresent() ? room : ", and what is free beside it cannot be told"),
                  true);
    };
  }

  private static String text(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
