package org.spoolway.host.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Output;
import org.spoolway.host.Services;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * A service that is one process and what that starts. It has no tie to the runner: it outlives it,
 * prints to a file, and is recognised by the next runner. Starting and stopping are for one thread
 * at a time; looking is for any.
 */
public final class ProcessService implements Services {

  private final ServiceSettings settings;
  private final Clock clock;
  private final Path file;
  private final ServiceProcess process;
  private final ServiceLog log;
  private final ServiceStart start;
  private volatile @Nullable ServiceRecord latest;

  /**
   * The service of one deployment. It inherits this process's environment, but for what names the
   * runner's home or a job.
   *
   * @param clock tells when it was started
   */
  public ProcessService(ServiceSettings settings, Clock clock) {
    ProcessTable table = new ProcessTable();
    this.settings = settings;
    this.clock = clock;
    this.file = settings.state().service();
    this.process = new ServiceProcess(table, settings.state());
    this.log = new ServiceLog(settings.state().serviceLog());
    this.start = new ServiceStart(settings, table, process, log);
  }

  /**
   * One whose processes hand over to each other: the next one starts beside the one that serves,
   * and is told of it by {@code SPOOLWAY_PREDECESSOR}.
   *
   * @param clock tells when it was started
   */
  public static Services handingOver(ServiceSettings settings, Clock clock) {
    return new OverlappingService(settings, clock);
  }

  @Override
  public State state() {
    try {
      Optional<ServiceRecord> record = process.record();
      return record.isPresent() ? state(record.get()) : new State(false, null, "not started");
    } catch (IOException e) {
      return new State(false, null, String.valueOf(e.getMessage()));
    }
  }

  private State state(ServiceRecord record) throws IOException {
    return process
        .main(record)
        .map(
            main ->
                new State(
                    true,
                    record.version(),
                    "pid "
                        + main.pid()
                        + " since "
                        + record.startedAt().truncatedTo(ChronoUnit.SECONDS)))
        .orElseGet(() -> new State(false, null, record.version() + " has ended"));
  }

  /** The process that serves, if one is alive. */
  Optional<Long> pid() throws IOException {
    Optional<ServiceRecord> record = process.record();
    return record.isPresent()
        ? process.main(record.get()).map(ProcessEntry::pid)
        : Optional.empty();
  }

  @Override
  public void start(Version version, Output output) throws ProblemException {
    try {
      if (!runs(version)) {
        launch(version, output);
      }
      latest = process.record().orElse(null);
    } catch (Unstartable e) {
      throw cannotStart(
          version,
          String.valueOf(e.getMessage()),
          "Correct `run` in `[service]`, or release a version that has that program.",
          e);
    } catch (IOException e) {
      throw cannotStart(version, e.toString(), Problem.STORAGE_FAILED.fix(), e);
    }
  }

  /**
   * Whether it runs already; what is left of an earlier start is ended, for it may hold the port.
   */
  private boolean runs(Version version) throws IOException, ProblemException {
    Optional<ServiceRecord> before = process.record();
    if (before.isEmpty()) {
      return false;
    }
    ServiceRecord record = before.get();
    Optional<ProcessEntry> main = process.main(record);
    if (main.isEmpty()) {
      endLeftovers(record, version);
      return false;
    }
    if (!record.version().equals(version)) {
      throw cannotStart(
          version,
          record.version() + " still runs as process " + main.get().pid(),
          "Ask again; if it repeats, end that process by hand.",
          null);
    }
    record.save(file);
    return true;
  }

  private void launch(Version version, Output output)
      throws Unstartable, IOException, ProblemException {
    Optional<Integer> status = start.start(version, clock.instant());
    if (status.isEmpty()) {
      print(output, "service started: " + state().detail());
      return;
    }
    Optional<ServiceRecord> record = process.record();
    if (record.isPresent()) {
      endLeftovers(record.get(), version);
    }
    String lines = lastLines();
    print(output, lines);
    throw cannotStart(
        version,
        settings.display()
            + " ended at once with exit status "
            + status.get()
            + (lines.isEmpty() ? "; it printed nothing" : "; its last lines:\n" + lines),
        status.get() == 0
            ? "Make the start command stay in the foreground; it must not become a daemon."
            : Problem.SERVICE_START_FAILED.fix(),
        null);
  }

  private void endLeftovers(ServiceRecord record, Version version)
      throws IOException, ProblemException {
    List<ProcessEntry> left = process.end(record, Duration.ZERO);
    if (!left.isEmpty()) {
      throw cannotStart(
          version,
          "what an earlier start left behind cannot be killed: " + pids(left),
          Problem.SERVICE_STOP_FAILED.fix(),
          null);
    }
  }

  @Override
  public void stop() throws ProblemException {
    try {
      Optional<ServiceRecord> record = process.record();
      if (record.isEmpty()) {
        return;
      }
      latest = record.get();
      List<ProcessEntry> left = process.end(record.get(), settings.stopTimeout());
      if (!left.isEmpty()) {
        throw cannotStop(
            "it cannot be killed: " + pids(left), Problem.SERVICE_STOP_FAILED.fix(), null);
      }
      DurableFiles.remove(file);
    } catch (IOException e) {
      throw cannotStop(e.toString(), Problem.STORAGE_FAILED.fix(), e);
    }
  }

  @Override
  public String lastLines() {
    try {
      Optional<ServiceRecord> record = process.record().or(() -> Optional.ofNullable(latest));
      return record.isPresent() ? log.tail(record.get().logOffset()) : "";
    } catch (IOException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  private ProblemException cannotStart(
      Version version, String observed, String fix, @Nullable Throwable cause) {
    return new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot start " + settings.deployment() + " " + version + ": " + observed,
        fix,
        cause);
  }

  private ProblemException cannotStop(String observed, String fix, @Nullable Throwable cause) {
    return new ProblemException(
        Problem.SERVICE_STOP_FAILED,
        "cannot stop " + settings.deployment() + ": " + observed,
        fix,
        cause);
  }

  private static String pids(List<ProcessEntry> entries) {
    return "processes " + entries.stream().map(ProcessEntry::pid).toList();
  }

  private static void print(Output output, String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }
}
