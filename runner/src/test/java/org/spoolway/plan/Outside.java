package org.spoolway.plan;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands;
import org.spoolway.host.Database;
import org.spoolway.host.FakeAccounts;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.host.FakeServices;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.host.Progress;
import org.spoolway.host.Services;
import org.spoolway.host.Sources;
import org.spoolway.hostfile.FakeHostConfiguration;
import org.spoolway.journal.Death;
import org.spoolway.migration.FakeSqlClient;
import org.spoolway.migration.FakeTrialDatabase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;
import org.spoolway.supervision.Handover;
import org.spoolway.supervision.Rest;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * A pretended outside that writes down, in one list, each call that changes something or asks for
 * health, together with what users see at that moment; and that can be the place of a runner's
 * death.
 */
final class Outside {

  final FakeSources sources = new FakeSources();
  final FakeCommands commands = new FakeCommands();
  final FakeServices services = new FakeServices();
  final FakeDatabase database = FakeDatabase.inMemory();
  final FakeTrialDatabase trial = new FakeTrialDatabase();
  final FakeHostConfiguration configuration;

  /** The command that starts a release to be tried. */
  static final String TRIED = "serve-on-a-copy";

  /** Where releases are tried. */
  static final int TRIAL_PORT = 2;

  /** Versions whose process ends at once. */
  final Set<Version> stillborn = new HashSet<>();

  /** Versions that never get healthy. */
  final Set<Version> sick = new HashSet<>();

  /** Versions whose process ends when it is asked. */
  final Set<Version> shortLived = new HashSet<>();

  /** Versions that answer with another one. */
  final Map<Version, Version> impostors = new HashMap<>();

  /** What happens whenever health is asked for, right before the answer. */
  Runnable whenAsked = () -> {};

  /** What answers where the deployment names nothing to ask. */
  static final HealthProbe ALWAYS =
      (expected, interruption) -> new HealthProbe.Answer(true, "not asked");

  private final Supplier<String> view;
  private final List<String> log = new ArrayList<>();
  private int callsLeft = Integer.MAX_VALUE;
  private boolean diesAfter;

  /**
   * @param directory where the host's configuration lies
   * @param view what users see, for the list
   */
  Outside(Path directory, Supplier<String> view) {
    this.configuration = new FakeHostConfiguration(directory);
    this.view = view;
  }

  /** All calls so far, such as {@code stop | 1.0.0, page}. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Forgets the calls so far. */
  void forget() {
    log.clear();
  }

  /** Has the runner die right before the n-th call from now on. */
  void dieBefore(int call) {
    callsLeft = call;
    diesAfter = false;
  }

  /** Has the runner die right after the n-th call from now on. */
  void dieAfter(int call) {
    callsLeft = call;
    diesAfter = true;
  }

  Site.Ports ports(Deployment deployment) {
    return new Site.Ports(
        new LoggedSources(),
        new LoggedCommands(),
        new LoggedServices(),
        new LoggedData(),
        new FakeSqlClient(),
        trial,
        () -> TRIAL_PORT,
        deployment.health().url() == null ? ALWAYS : new Probe(),
        configuration,
        directory -> Long.MAX_VALUE,
        new FakeAccounts(1000),
        Handover.none(),
        new Rest());
  }

  private interface Call<T> {
    T run() throws ProblemException;
  }

  private <T> T logged(String what, Call<T> call) throws ProblemException {
    boolean last = --callsLeft == 0;
    if (last && !diesAfter) {
      throw new Death("before " + what);
    }
    log.add(what + " | " + view.get());
    try {
      return call.run();
    } finally {
      if (last) {
        callsLeft = Integer.MAX_VALUE;
        throwDeath(what);
      }
    }
  }

  private static void throwDeath(String what) {
    throw new Death("after " + what);
  }

  private final class LoggedSources implements Sources {
    @Override
    public List<Candidate> candidates() throws ProblemException {
      return sources.candidates();
    }

    @Override
    public List<String> refused() {
      return sources.refused();
    }

    @Override
    public void fetch(Candidate candidate, Progress progress, Interruption interruption)
        throws ProblemException {
      logged(
          "fetch " + candidate.version(),
          () -> {
            sources.fetch(candidate, progress, interruption);
            return null;
          });
    }

    @Override
    public void export(Candidate candidate, Path into, Progress progress, Interruption interruption)
        throws ProblemException {
      logged(
          "export " + candidate.version(),
          () -> {
            sources.export(candidate, into, progress, interruption);
            return null;
          });
    }

    @Override
    public String notes(Candidate candidate) throws ProblemException {
      return sources.notes(candidate);
    }

    @Override
    public Signed signer(Candidate candidate, TrustedKeys trust) throws ProblemException {
      return sources.signer(candidate, trust);
    }

    @Override
    public Map<String, String> files(Candidate candidate, String from) throws ProblemException {
      return sources.files(candidate, from);
    }
  }

  private final class LoggedCommands implements Commands {
    @Override
    public Exit run(Command command, Output output, Interruption interruption) {
      if (command.arguments().get(0).equals(TRIED)) {
        // It runs beside everything else, in no order that a list could tell.
        return commands.run(command, output, interruption);
      }
      try {
        return logged(
            command.arguments().get(0), () -> commands.run(command, output, interruption));
      } catch (ProblemException never) {
        throw new IllegalStateException(never);
      }
    }

    @Override
    public int endAll(String mark) {
      return commands.endAll(mark);
    }

    @Override
    public void requireAllEnded(String mark) throws ProblemException {
      commands.requireAllEnded(mark);
    }
  }

  private final class LoggedServices implements Services {
    @Override
    public State state() {
      return services.state();
    }

    @Override
    public void start(Version version, Output output) throws ProblemException {
      if (version.equals(services.running())) {
        return;
      }
      logged(
          "start " + version,
          () -> {
            if (stillborn.contains(version)) {
              throw new ProblemException(
                  Problem.SERVICE_START_FAILED, "cannot start " + version + ": it ended at once");
            }
            services.start(version, output);
            return null;
          });
    }

    @Override
    public void stop() throws ProblemException {
      if (services.running() == null) {
        return;
      }
      logged(
          "stop " + services.running(),
          () -> {
            services.stop();
            return null;
          });
    }

    @Override
    public String lastLines() {
      return services.lastLines();
    }
  }

  private final class LoggedData implements Database {
    @Override
    public Readiness requireReady() throws ProblemException {
      return database.requireReady();
    }

    @Override
    public void snapshot(Path directory) throws ProblemException {
      logged(
          "copy data to " + name(directory),
          () -> {
            database.snapshot(directory);
            return null;
          });
    }

    @Override
    public Path stage(Path snapshot, Path staged, Afterwards afterwards) throws ProblemException {
      return database.stage(snapshot, staged, afterwards);
    }

    @Override
    public void restore(Path snapshot, Path aside) throws ProblemException {
      logged(
          "put back " + name(snapshot) + ", aside " + name(aside),
          () -> {
            database.restore(snapshot, aside);
            return null;
          });
    }

    @Override
    public String mark() throws ProblemException {
      return database.mark();
    }

    @Override
    public Contents contents() throws ProblemException {
      return database.contents();
    }

    private static String name(Path data) {
      return data.resolveSibling("").getFileName().toString();
    }
  }

  private final class Probe implements HealthProbe {
    @Override
    public Answer ask(Version expected, Interruption interruption) {
      whenAsked.run();
      if (shortLived.contains(services.running())) {
        services.setRunning(null);
      }
      Version running = services.running();
      Version told = running == null ? null : impostors.getOrDefault(running, running);
      boolean passes = expected.equals(told) && !sick.contains(running);
      return record("ask " + expected, new Answer(passes, "version " + told));
    }

    @Override
    public HealthProbe at(URI url) {
      return (version, interruption) -> {
        boolean runs = commands.ran().stream().anyMatch(it -> it.arguments().get(0).equals(TRIED));
        boolean passes = runs && !sick.contains(version);
        return record("ask a copy at " + url, new Answer(passes, "version " + version));
      };
    }

    /** A release is asked often until it passes; the list holds it once. */
    private Answer record(String what, Answer answer) {
      String line = what + " | " + view.get();
      if (log.isEmpty() || !log.get(log.size() - 1).equals(line)) {
        log.add(line);
      }
      return answer;
    }
  }
}
