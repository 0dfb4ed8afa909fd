package org.spoolway.host.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.Version;

/**
 * One start: the intention is recorded, then the process is started, then it is recorded too. So
 * whenever the runner dies, the process is found again.
 */
final class ServiceStart {

  private final ServiceSettings settings;
  private final Launcher launcher;
  private final ProcessTable table;
  private final ServiceProcess process;
  private final ServiceLog log;

  ServiceStart(
      ServiceSettings settings, ProcessTable table, ServiceProcess process, ServiceLog log) {
    this.settings = settings;
    this.launcher = new Launcher();
    this.table = table;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it and waits until it can be probed.
   *
   * @return the exit status with which it ended at once; empty when it is alive
   * @throws Unstartable when it cannot run; nothing was started
   * @throws IOException when it could not be recorded; nothing of it is left
   */
  Optional<Integer> start(Version version, Instant now) throws Unstartable, IOException {
    Readiness readiness = Readiness.of(settings.readiness());
    ServiceRecord intended = ServiceRecord.intended(version, now, log.begin());
    ProcessBuilder builder = prepare(intended);
    Path file = settings.state().service();
    intended.save(file);
    Process child = spawn(builder, file);
    Optional<ProcessEntry> main = table.find(child.pid());
    if (main.isPresent()) {
      record(intended, main.get(), file);
    }
    boolean alive = main.isPresent() && readiness.await(() -> table.isAlive(main.get()));
    return alive ? Optional.empty() : Optional.of(child.onExit().join().exitValue());
  }

  private ProcessBuilder prepare(ServiceRecord intended) throws Unstartable, IOException {
    Path current = settings.application().current();
    if (!Files.isDirectory(current)) {
      throw new Unstartable(current + " leads to no release");
    }
    Path release = current.toRealPath();
    Map<String, String> environment =
        settings.environment(intended.version().text(), release, intended.token());
    return launcher
        .prepare(settings.run(), release, environment, RunAs.SELF)
        .redirectInput(NoInput.from(settings.state().serviceInput()))
        .redirectOutput(Redirect.appendTo(log.file().toFile()));
  }

  private static Process spawn(ProcessBuilder builder, Path file) throws IOException, Unstartable {
    try {
      return builder.start();
    } catch (IOException e) {
      DurableFiles.remove(file);
      throw new Unstartable(String.valueOf(e.getMessage()));
    }
  }

  private void record(ServiceRecord intended, ProcessEntry main, Path file) throws IOException {
    ServiceRecord record = intended.of(main);
    try {
      record.save(file);
    } catch (IOException e) {
      process.end(record, Duration.ZERO);
      throw e;
    }
  }
}
