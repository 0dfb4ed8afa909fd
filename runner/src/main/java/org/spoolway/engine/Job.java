package org.spoolway.engine;

import org.spoolway.host.Output;
import org.spoolway.journal.Journal;
import org.spoolway.schema.Request;

/**
 * A request being carried out.
 *
 * @param request what was asked
 * @param plan the steps
 * @param journal its record
 * @param log its log
 */
public record Job(Request request, Plan plan, Journal journal, Output log) {

  /** What is known by now. */
  public Facts facts() {
    return Facts.of(request, journal.progress());
  }
}
