package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Notification;
import org.spoolway.host.Accounts;
import org.spoolway.metrics.TextFile;
import org.spoolway.outbox.Leftovers;
import org.spoolway.outbox.Signature;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** Looks at how people learn of outcomes: what they need, and what they were not told. */
final class NoticeLook {

  private static final int ROOT = 0;

  private final Site site;
  private final Accounts accounts;

  private NoticeLook(Site site, Accounts accounts) {
    this.site = site;
    this.accounts = accounts;
  }

  static void at(Findings findings, Site site, Accounts accounts) {
    NoticeLook look = new NoticeLook(site, accounts);
    if (!site.deployment().notification().isSilent()) {
      findings.look("notify", look::channels);
      findings.look("messages", look::messages);
    }
    Path textfile = site.deployment().metrics().textfile();
    if (textfile != null) {
      findings.look(
          "metrics",
          () -> {
            new TextFile(textfile, accounts).check();
            return textfile + " can be written";
          });
    }
  }

  private String channels() throws ProblemException {
    Notification notification = site.deployment().notification();
    Deployment.Webhook webhook = notification.webhook();
    if (webhook != null && webhook.secretFile() != null) {
      Signature.requireSecret(webhook.secretFile());
    }
    Deployment.Mail mail = notification.mail();
    if (mail != null && !Files.isExecutable(mail.sendmail())) {
      throw new ProblemException(
          Problem.NOTIFY_FAILED,
          "cannot write mail: there is no program " + mail.sendmail(),
          "Install a mail system such as nullmailer, or correct `notify.sendmail`.",
          null);
    }
    if (!notification.run().isEmpty() && notification.user() == null && isRootForOthers()) {
      throw new ProblemException(
          Problem.CONFIGURATION,
          "cannot call `notify.run` safe: it runs as root",
          "Name an account of its own in `notify.user`, or \"root\" if that is meant.",
          null);
    }
    return describe(notification);
  }

  /** Who is root at home, with nobody else around, is root whatever he runs. */
  private boolean isRootForOthers() {
    return accounts.ownUid() == ROOT
        && site.deployment().origins().values().stream().anyMatch(o -> !o.owners().isEmpty());
  }

  private static String describe(Notification notification) {
    List<String> channels = new ArrayList<>();
    if (!notification.run().isEmpty()) {
      channels.add("a command");
    }
    if (notification.webhook() != null) {
      channels.add("a webhook");
    }
    if (notification.mail() != null) {
      channels.add("mail to " + String.join(", ", notification.mail().to()));
    }
    return "people are told by " + String.join(" and ", channels);
  }

  private String messages() throws ProblemException, IOException {
    Leftovers left = Leftovers.of(site.state());
    if (left.damaged() > 0) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot read " + left.damaged() + " messages: the disk has damaged them",
          "Read what is left of them, `damaged.*` in "
              + site.state().outbox()
              + ", and remove them.",
          null);
    }
    if (left.givenUp() > 0) {
      throw new ProblemException(
          Problem.NOTIFY_FAILED,
          "cannot say that people were told: " + left.givenUp() + " messages were given up",
          "Put right what the runner's log names; then remove "
              + site.state().givenUp()
              + "/*.json, or move them to "
              + site.state().outbox()
              + " and start the runner anew.",
          null);
    }
    return left.waiting() + " wait";
  }
}
