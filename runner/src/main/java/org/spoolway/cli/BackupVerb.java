package org.spoolway.cli;

import org.spoolway.schema.Action;
import picocli.CommandLine.Command;

/** {@code backup}. */
@Command(name = "backup", description = "Take a snapshot of the data while the application serves.")
final class BackupVerb extends ShorthandVerb {

  BackupVerb() {
    super(Action.BACKUP);
  }
}
