package org.spoolway.outbox;

import java.nio.file.Path;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;

/** The host's own mail system, through its {@code sendmail}. */
@FunctionalInterface
public interface MailSystem {

  /**
   * Hands it one mail, within a minute. What the program leaves running is not ended: with some
   * systems that is the delivery.
   *
   * @param program called with {@code -i -t}
   * @param mail the file that it reads, with all headers
   * @param output gets what it prints
   * @param interruption ends it early
   */
  Exit hand(Path program, Path mail, Output output, Interruption interruption);
}
