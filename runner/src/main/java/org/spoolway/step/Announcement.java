package org.spoolway.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;

/**
 * Runs {@code notify.run}. The commands learn of the outcome through {@code SPOOLWAY_DEPLOYMENT},
 * {@code SPOOLWAY_ID}, {@code SPOOLWAY_ACTION}, {@code SPOOLWAY_STATE}, {@code SPOOLWAY_FROM},
 * {@code SPOOLWAY_TO} and {@code SPOOLWAY_MESSAGE}.
 */
public final class Announcement {

  private final Site site;

  /** The announcements of one deployment. */
  public Announcement(Site site) {
    this.site = site;
  }

  /**
   * Tells of an outcome.
   *
   * @param message why it did not end as asked; empty when it did
   * @throws ProblemException {@code NOTIFY_FAILED}
   */
  public void tell(Facts facts, Outcome outcome, String message, Work work)
      throws ProblemException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SPOOLWAY_DEPLOYMENT", site.deployment().name());
    environment.put("SPOOLWAY_ID", facts.id().value());
    environment.put("SPOOLWAY_ACTION", facts.request().action().wireName());
    environment.put("SPOOLWAY_STATE", outcome.wireName());
    environment.put("SPOOLWAY_FROM", facts.fact(Evidence.FROM).orElse(""));
    environment.put("SPOOLWAY_TO", facts.fact(Evidence.TO).orElse(""));
    environment.put("SPOOLWAY_MESSAGE", message);
    for (List<String> arguments : site.deployment().notification().run()) {
      Command command =
          new Command(
              arguments,
              site.deployment().root(),
              environment,
              site.mark(),
              site.deployment().notification().timeout(),
              null);
      work.say("$ " + command.display());
      Exit exit = site.ports().commands().run(command, work.output(), work.interruption());
      if (!exit.equals(new Exit.Status(0))) {
        throw new ProblemException(
            Problem.NOTIFY_FAILED,
            "cannot notify with `" + command.display() + "`: " + ReleaseCommands.observed(exit));
      }
    }
  }
}
