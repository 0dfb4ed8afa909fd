package org.spoolway.spool;

import java.time.Instant;
import java.util.Optional;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.layout.EntryName;
import org.spoolway.schema.Request;
import org.spoolway.schema.SchemaJson;

/**
 * A request that became a job: its journal exists and survives a power cut.
 *
 * @param ticket the name of its claim and journal
 * @param accepted the journal's first entry
 * @param request what was asked
 */
public record QueuedJob(String ticket, JournalEntry.Accepted accepted, Request request) {

  /**
   * The job of a journal; what was asked is read again from the private copy.
   *
   * @throws IllegalStateException when the copy is not what was once accepted
   */
  public static QueuedJob of(String ticket, Accepted accepted) {
    return new QueuedJob(ticket, accepted, request(accepted));
  }

  private static Request request(Accepted accepted) {
    Optional<EntryName> meaning = EntryName.parse(accepted.name());
    try {
      if (meaning.isPresent() && meaning.get().action() != null) {
        return Request.of(meaning.get().action(), meaning.get().version());
      }
      return SchemaJson.request(accepted.content());
    } catch (SchemaJson.Malformed e) {
      throw new IllegalStateException("journal of " + accepted.id() + ": " + e.getMessage(), e);
    }
  }

  /** Its place in its inbox's order. */
  OrderKey order() {
    return new OrderKey(accepted.orderTime(), accepted.name());
  }

  /** Whether it is worth carrying out no more. */
  public boolean isExpired(Instant now) {
    return request.isExpired(now);
  }

  /** Whether its time has not come; that holds back nobody else. */
  public boolean isHeld(Instant now) {
    return request.isHeld(now);
  }
}
