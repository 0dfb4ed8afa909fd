package org.spoolway.host.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Commands;
import org.spoolway.host.systemd.Systemctl.Reply;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/**
 * From the runner that {@code spoolway.service} runs to the next one. The package's script {@code
 * handover} watches: systemd calls it whenever a runner has ended and before the host's start
 * decides anything, and a timer calls it when the time is up.
 */
public final class RunnerHandover implements Handover {

  /** The unit of the runner. */
  static final String UNIT = "spoolway.service";

  private static final Logger LOG = LoggerFactory.getLogger(RunnerHandover.class);
  private static final String TIMER = "spoolway-handover";

  private final RunnerSettings settings;
  private final Systemctl systemctl;

  /**
   * The runner of this process.
   *
   * @param commands runs systemd's commands
   */
  public RunnerHandover(Commands commands, RunnerSettings settings) {
    this.settings = settings;
    this.systemctl = new Systemctl(commands, settings.state().path().toString());
  }

  @Override
  public Optional<Version> own() {
    return settings.own();
  }

  @Override
  public void guard(Optional<Version> from, Version to, Duration within)
      throws ProblemException, IOException {
    makeWayBack(from);
    new HandoverRecord(to, from.orElse(null), null).save(record());
    Files.createDirectories(marker().resolveSibling(""));
    Files.writeString(marker(), "0\n");
    endTimer();
    Reply reply =
        systemctl.ask(
            List.of(
                "systemd-run",
                "--quiet",
                "--collect",
                "--unit=" + TIMER,
                "--description=Put the runner before back unless " + to + " proves itself",
                "--on-active=" + within.toSeconds() + "s",
                "--timer-property=AccuracySec=1s",
                // Tried again, should a full disk stand in its way.
                "--timer-property=OnUnitInactiveSec=30s",
                settings.script().toString(),
                "due"));
    if (!reply.succeeded()) {
      throw failed(to, "nobody would put this runner back: " + reply.observed());
    }
  }

  /** Made while there is room for it: to go back is one rename then. */
  private void makeWayBack(Optional<Version> from) throws IOException {
    Path back = new ApplicationDir(settings.root()).handoverBack();
    Files.deleteIfExists(back);
    if (from.isPresent()) {
      Files.createSymbolicLink(back, ApplicationDir.linkTarget(from.get().text()));
    }
    DurableFiles.forceDirectory(settings.root());
  }

  @Override
  public void requireReplaceable(Version to) throws ProblemException {
    UnitMain main = UnitMain.ask(systemctl, UNIT);
    if (main.pid() != settings.pid()) {
      throw failed(
          to,
          "this runner is process " + settings.pid() + " and " + UNIT + " is " + main.describe());
    } else if (!Files.isExecutable(settings.script())) {
      throw failed(to, "there is no program " + settings.script() + ", which the package brings");
    }
  }

  @Override
  public void replace() throws ProblemException {
    Reply reply = systemctl.ask(List.of("systemctl", "--quiet", "--no-block", "restart", UNIT));
    if (!reply.succeeded()) {
      throw new ProblemException(
          Problem.SERVICE_START_FAILED, "cannot restart " + UNIT + ": " + reply.observed());
    }
  }

  @Override
  public Optional<String> whyPutBack(Version to) throws IOException {
    return HandoverRecord.load(record())
        .filter(record -> record.to().equals(to))
        .map(HandoverRecord::putBack);
  }

  @Override
  public void settle() throws ProblemException, IOException {
    Optional<HandoverRecord> record = HandoverRecord.load(record());
    if (record.isPresent()) {
      settle(record.get());
    } else if (Files.exists(beside("taken"))) {
      throw new ProblemException(
          Problem.SERVICE_START_FAILED, "cannot stay: the runner before is being put back");
    }
    tidy();
  }

  private void settle(HandoverRecord record) throws ProblemException, IOException {
    boolean mustProve = own().equals(Optional.of(record.to()));
    if (mustProve && !takeRecord()) {
      throw failed(record.to(), "it has just been put back");
    } else if (!isLive()) {
      replace();
    }
  }

  /** By the same rename as the script's, so that only one of the two decides. */
  private boolean takeRecord() throws IOException {
    Path settled = beside("settled");
    try {
      Files.move(record(), settled, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException taken) {
      return false;
    }
    // The script may have been first, and have written another by now, for the one before to read.
    boolean isPutBack =
        HandoverRecord.load(settled).filter(found -> found.putBack() != null).isPresent();
    if (isPutBack) {
      Files.move(settled, record(), StandardCopyOption.ATOMIC_MOVE);
    }
    return !isPutBack;
  }

  /**
   * Whatever a handover leaves goes, also one that a crash or a power cut has cut short. The files
   * go last, for it is by them that a next runner knows what else there may be.
   */
  private void tidy() throws IOException {
    List<Path> left =
        List.of(
            marker(),
            new ApplicationDir(settings.root()).handoverBack(),
            record(),
            beside("settled"));
    if (left.stream().anyMatch(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))) {
      endTimer();
      for (Path path : left) {
        DurableFiles.remove(path);
      }
    }
  }

  /** Whether a runner that starts now would be the same release as this one. */
  private boolean isLive() throws IOException {
    Path current = new ApplicationDir(settings.root()).current();
    if (!Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
      return own().isEmpty();
    }
    Optional<Path> wanted = own().map(version -> ApplicationDir.linkTarget(version.text()));
    return wanted.equals(Optional.of(Files.readSymbolicLink(current)));
  }

  /** One that stays finds no record, and nothing to put back. */
  private void endTimer() {
    Reply reply = systemctl.change("stop", List.of(TIMER + ".timer"), Duration.ofSeconds(30));
    if (!reply.succeeded()) {
      LOG.debug("no timer to end: {}", reply.observed());
    }
  }

  private Path beside(String what) {
    return record().resolveSibling(record().getFileName() + "." + what);
  }

  private Path record() {
    return new ApplicationDir(settings.root()).handover();
  }

  /** Goes with a boot, by which the script knows that one came in between. */
  private Path marker() {
    return settings.host().handover();
  }

  private static ProblemException failed(Version to, String observed) {
    return new ProblemException(
        Problem.SERVICE_START_FAILED,
        "cannot hand over to " + to + ": " + observed,
        "Have `spoolway.service` of the package run the deployments of this host.",
        null);
  }
}
