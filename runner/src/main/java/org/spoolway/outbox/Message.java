package org.spoolway.outbox;

import java.time.Instant;
import org.spoolway.schema.Result;

/**
 * What people are told of one outcome; as JSON it is what a webhook is posted.
 *
 * @param schema {@link #SCHEMA}
 * @param id the same whenever and however often this outcome is told, and no other's
 * @param event {@code available}, {@code repaired}, or the state of the result
 * @param deployment the deployment
 * @param subject one line
 * @param text all of it for people, lines that end with a line feed
 * @param at when the outcome came about
 * @param result the result, as clients read it
 */
public record Message(
    String schema,
    String id,
    String event,
    String deployment,
    String subject,
    String text,
    Instant at,
    Result result) {

  /** The value of {@code schema}. */
  public static final String SCHEMA = "spoolway/notification/v1";
}
