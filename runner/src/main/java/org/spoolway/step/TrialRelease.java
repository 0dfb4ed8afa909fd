package org.spoolway.step;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.Rehearsal.Words;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** The new release on a copy of the data, where no user comes to, beside the one that serves. */
final class TrialRelease {

  private final Site site;
  private final Rehearsal rehearsal;
  private final ReleaseCommands.Kind kind;

  /**
   * @param kind how it is run; its time must be longer than the gate's
   */
  TrialRelease(Site site, Rehearsal rehearsal, ReleaseCommands.Kind kind) {
    this.site = site;
    this.rehearsal = rehearsal;
    this.kind = kind;
  }

  /**
   * Starts it, has it pass the gate, and ends it.
   *
   * @return what was observed
   * @throws ProblemException {@code GATE_FAILED}, {@code SERVICE_DIED}, {@code INTERRUPTED}
   */
  String prove(Words words, Work work) throws ProblemException {
    Version version = work.facts().to();
    Map<String, String> environment = words.fill(site.deployment().service().env());
    environment.putAll(words.fill(rehearsal.env()));
    Command command =
        new ReleaseCommands(site).command(words.fill(rehearsal.run()), environment, kind, version);
    work.say("$ " + command.display());
    Interruption ending = new Interruption();
    CompletableFuture<Exit> exit = start(command, work, ending);
    try {
      URI url = URI.create(words.fill(Objects.requireNonNull(rehearsal.url(), "url")));
      Running running = new Running(site.ports().probe().at(url), exit);
      return new Gate(running, site.deployment().health().timeout())
          .await(version, work, "cannot pass the gate on a copy of the data: ");
    } finally {
      ending.request(Interruption.Cause.SHUTDOWN);
      exit.join();
    }
  }

  private CompletableFuture<Exit> start(Command command, Work work, Interruption ending) {
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                exit.complete(site.ports().commands().run(command, work.output(), ending));
              } catch (RuntimeException bug) {
                exit.completeExceptionally(bug);
              }
            },
            "rehearsal of " + site.deployment().name());
    thread.setDaemon(true);
    thread.start();
    return exit;
  }

  /** It runs as long as its command does. */
  private record Running(HealthProbe probe, CompletableFuture<Exit> exit)
      implements Gate.Candidate {

    @Override
    public HealthProbe.Answer ask(Version version, Interruption interruption) {
      return probe.ask(version, interruption);
    }

    @Override
    public @Nullable String death(Version version) {
      return exit.isDone() ? ReleaseCommands.observed(exit.join(), null) : null;
    }

    @Override
    public String lastLines() {
      return "";
    }
  }
}
