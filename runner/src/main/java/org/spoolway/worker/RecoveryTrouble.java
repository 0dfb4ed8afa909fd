package org.spoolway.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.journal.NewerJournalException;

/** Tells the log what keeps a deployment from being recovered, which is tried again and again. */
final class RecoveryTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(RecoveryTrouble.class);

  private final String deployment;
  private final Duration pause;
  private @Nullable String told;

  /**
   * @param pause between two tries
   */
  RecoveryTrouble(String deployment, Duration pause) {
    this.deployment = deployment;
    this.pause = pause;
  }

  /**
   * Tells of one.
   *
   * @return whether this program can do nothing about it, however often it tries, so that nobody
   *     should wait for it; such a trouble is told once
   */
  boolean tell(Exception trouble) {
    String message = String.valueOf(trouble.getMessage());
    if (!(trouble instanceof NewerJournalException)) {
      told = null;
      String what = "cannot recover {}; trying again in {} s";
      LOG.error(what, deployment, pause.toSeconds(), trouble);
      return false;
    } else if (!message.equals(told)) {
      told = message;
      LOG.error("nothing is done for {}: {}", deployment, message);
    }
    return true;
  }
}
