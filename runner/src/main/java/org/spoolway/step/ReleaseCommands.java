package org.spoolway.step;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Commands.Limits;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Runs a deployment file's commands in a release directory. */
final class ReleaseCommands {

  /** Of what has died by signal 9, and by custom of whatever started that. */
  private static final int KILLED = 128 + 9;

  private final Site site;
  private final Map<String, String> added;

  ReleaseCommands(Site site) {
    this(site, Map.of());
  }

  /**
   * Commands with more in their environment.
   *
   * @param added goes before everything else
   */
  ReleaseCommands(Site site, Map<String, String> added) {
    this.site = site;
    this.added = added;
  }

  /** How a kind of command is run, and what its failing is called. */
  record Kind(
      String verb,
      @Nullable String user,
      Duration timeout,
      Confinement confinement,
      Problem failed,
      Problem timedOut) {}

  /** Runs commands in order; the first that does not exit 0 ends it. */
  void runAll(List<List<String>> commands, Kind kind, Version version, Work work)
      throws ProblemException {
    for (List<String> arguments : commands) {
      int status = run(arguments, kind, version, work);
      if (status != 0) {
        throw failure(new Exit.Status(status), kind, "`" + String.join(" ", arguments) + "`");
      }
    }
  }

  /**
   * Runs what changes the data of the release that the job leads to, as the one who migrates.
   *
   * @param verb what it does to that release
   */
  void changeData(String verb, List<List<String>> commands, Work work) throws ProblemException {
    changeData(verb, commands, Confinements.ofMigration(site), work);
  }

  /** The same with another confinement, for a copy of the data. */
  void changeData(String verb, List<List<String>> commands, Confinement confinement, Work work)
      throws ProblemException {
    Deployment.Migrate migrate = site.deployment().migrate();
    Kind kind =
        new Kind(
            verb + " " + work.facts().to(),
            migrate.user(),
            migrate.timeout(),
            confinement,
            Problem.MIGRATION_FAILED,
            Problem.MIGRATION_TIMED_OUT);
    runAll(commands, kind, work.facts().to(), work);
  }

  /** Runs one command and tells its exit status. */
  int run(List<String> arguments, Kind kind, Version version, Work work) throws ProblemException {
    Command command = command(arguments, Map.of(), kind, version);
    work.say("$ " + command.display());
    Exit exit = site.ports().commands().run(command, work.output(), work.interruption());
    if (exit instanceof Exit.Status status) {
      return status.code();
    }
    throw failure(exit, kind, "`" + command.display() + "`");
  }

  /** A command in a release's directory, with what it can read of the deployment. */
  Command command(List<String> arguments, Map<String, String> more, Kind kind, Version version) {
    Map<String, String> environment = environment(version);
    environment.putAll(more);
    Path release = site.releases().directory(version);
    return new Command(arguments, release, environment, site.mark(), kind.timeout(), kind.user())
        .confinedTo(kind.confinement());
  }

  /**
   * What it means that a command ended so.
   *
   * @param means by which it was tried, for people
   */
  static ProblemException failure(Exit exit, Kind kind, String means) {
    Problem problem = kind.failed();
    if (exit instanceof Exit.TimedOut) {
      problem = kind.timedOut();
    } else if (exit instanceof Exit.Interrupted) {
      problem = Problem.INTERRUPTED;
    }
    return new ProblemException(
        problem, message(kind, means, observed(exit, kind.confinement().limits())));
  }

  /**
   * How a command ended, for people.
   *
   * @param limits what it may use, or null for no limits
   */
  static String observed(Exit exit, @Nullable Limits limits) {
    if (exit instanceof Exit.Status status) {
      return observed(status.code(), limits);
    } else if (exit instanceof Exit.TimedOut timedOut) {
      return "it was still running after " + Durations.text(timedOut.after());
    } else if (exit instanceof Exit.OutOfMemory outOfMemory) {
      return "it used more than " + memory(outOfMemory.limit());
    } else if (exit instanceof Exit.NotStarted notStarted) {
      return notStarted.why();
    }
    return "it was asked to end";
  }

  /**
   * With version 1 of control groups the kernel does not tell systemd for what it has killed
   * something, and the limit is the first thing to look at.
   */
  private static String observed(int status, @Nullable Limits limits) {
    if (status != KILLED) {
      return "it exited with status " + status;
    }
    String killed = "it was killed by signal 9 (exit status " + status + ")";
    return limits == null
        ? killed
        : killed + ", as is what uses more than " + memory(limits.memory());
  }

  private static String memory(long bytes) {
    return "the " + (bytes >> 20) + " MiB of memory that it may";
  }

  static String message(Kind kind, String means, String observed) {
    return "cannot " + kind.verb() + " with " + means + ": " + observed;
  }

  private Map<String, String> environment(Version version) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SPOOLWAY_DEPLOYMENT", site.deployment().name());
    environment.put("SPOOLWAY_VERSION", version.text());
    environment.put("SPOOLWAY_RELEASE", site.releases().directory(version).toString());
    environment.put("SPOOLWAY_SHARED", site.application().shared().toString());
    environment.putAll(added);
    return environment;
  }
}
