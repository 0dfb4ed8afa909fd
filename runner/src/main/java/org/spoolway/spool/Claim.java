package org.spoolway.spool;

import java.nio.file.Path;
import java.time.Instant;
import org.spoolway.layout.EntryName;
import org.spoolway.schema.Result;
import org.spoolway.wording.Printable;

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

  /** Whether a result tells of this claim, and not of another file of the same name. */
  boolean isTheOneOf(Result result) {
    return claimedAt.equals(result.claimedAt())
        && result.order() != null
        && result.order().name().equals(name());
  }

  /** The name for messages and logs, whatever its writer put into it. */
  String shown() {
    return Printable.line(name());
  }

  /** The name that the writer chose. */
  String name() {
    return file.getFileName().toString();
  }
}
