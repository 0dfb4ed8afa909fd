package org.spoolway.spool;

import java.nio.file.Path;
import java.time.Instant;
import org.spoolway.layout.EntryName;

/**
 * An entry that is out of its writer's reach.
 *
 * @param ticket its name among claims and journals
 * @param origin the inbox it came through
 * @param file where it lies now
 * @param meaning what its name says
 * @param submittedAt when it arrived
 * @param claimedAt when it was taken
 * @param order its place
 */
record Claim(
    String ticket,
    String origin,
    Path file,
    EntryName meaning,
    Instant submittedAt,
    Instant claimedAt,
    OrderKey order) {

  /** The name that the writer chose. */
  String name() {
    return file.getFileName().toString();
  }
}
