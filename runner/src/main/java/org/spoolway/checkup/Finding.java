package org.spoolway.checkup;

import org.jspecify.annotations.Nullable;

/**
 * What one look has shown.
 *
 * @param deployment whose, or null for the host's
 * @param subject what was looked at, a word or two
 * @param observed what was seen; {@code cannot <verb> <object>: <observed>} when it is wrong
 * @param fix what to do about it; null when it is as it should be
 */
public record Finding(
    @Nullable String deployment, String subject, String observed, @Nullable String fix) {

  /** Whether something has to be done. */
  public boolean isWrong() {
    return fix != null;
  }
}
