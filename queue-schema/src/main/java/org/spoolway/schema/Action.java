package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a request may ask for. The wire name is the constant's name in lower case. */
public enum Action {
  /** Look which releases are available; changes nothing but what the status page shows. */
  CHECK,
  /** Carry the application to a newer release; installs the first one. */
  UPDATE,
  /** Go back to the release before the last successful update, or to a named one. */
  ROLLBACK,
  /** Stop and start the live release. */
  RESTART,
  /** Take a snapshot of the data while the application serves. */
  BACKUP,
  /** Put a snapshot's data in place of the present ones. */
  RESTORE,
  /** Remove releases and snapshots that nothing needs any more. */
  PRUNE,
  /** Take back a request that is queued, or undo one that runs. */
  CANCEL,
  /** Apply codified fixes in place; reserved. */
  HOTFIX,
  /** Bring modules of a repository to their schema versions; reserved. */
  MODULES;

  /** The name used in requests, results, file names and on the command line. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a request for it may name a release. */
  public boolean takesVersion() {
    return switch (this) {
      case UPDATE, ROLLBACK, HOTFIX, MODULES -> true;
      case CHECK, RESTART, BACKUP, RESTORE, PRUNE, CANCEL -> false;
    };
  }

  /** The action of a wire name, or empty; upper case is not a wire name. */
  public static Optional<Action> ofWireName(String wireName) {
    for (Action action : values()) {
      if (action.wireName().equals(wireName)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
