package org.spoolway.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.spoolway.deployment.Deployment.Mail;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.problem.Problem;

/**
 * Hands mail to this host's own mail system, which queues it and knows how to reach people: {@code
 * sendmail -i -t}, which takes the recipients from the headers. Runs as the runner's own user.
 */
final class MailChannel implements Channel {

  static final String NAME = "mail";

  private final Mail mail;
  private final MailSystem system;
  private final Path outbox;
  private final Clock clock;

  MailChannel(Mail mail, MailSystem system, Path outbox, Clock clock) {
    this.mail = mail;
    this.system = system;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Delivery deliver(Message message, Interruption interruption) {
    Path text = outbox.resolve(NAME);
    try {
      DurableFiles.publish(text, MailText.of(message, mail, clock.instant()), "rw-------");
    } catch (IOException e) {
      return new Delivery.Failed("cannot write " + text + ": " + e, Problem.STORAGE_FAILED.fix());
    }
    Tail printed = new Tail();
    Exit exit = system.hand(mail.sendmail(), text, printed, interruption);
    return exit.equals(new Exit.Status(0))
        ? new Delivery.Done()
        : new Delivery.Failed(
            "cannot hand mail to " + mail.sendmail() + ": " + Exits.observed(exit, printed),
            "Install a mail system such as nullmailer, or correct `notify.sendmail`.");
  }
}
