package org.spoolway.schema;

import org.jspecify.annotations.Nullable;

/**
 * Why a request did not end as asked.
 *
 * @param code a stable upper-case word that programs branch on
 * @param step the step that failed, or null when none had begun
 * @param message what happened: {@code cannot <verb> <object>: <observed>}
 * @param fix what to do about it
 */
public record Failure(String code, @Nullable String step, String message, String fix) {

  /** The same failure, found in the named step. */
  public Failure in(String stepName) {
    return new Failure(code, stepName, message, fix);
  }
}
