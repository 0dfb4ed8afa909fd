package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.deployment.History;
import org.spoolway.inspect.OpenJobs;
import org.spoolway.inspect.OpenJobs.OpenJob;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** Looks at what the past left: jobs cut short, undos that failed, damaged journals, the clock. */
final class LeftoverLook {

  /** Two clocks of one host can differ by less, as when it is being set. */
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  private final Site site;
  private final RunnerSigns runner;

  private LeftoverLook(Site site, RunnerSigns runner) {
    this.site = site;
    this.runner = runner;
  }

  static void at(Findings findings, Site site, RunnerSigns runner) {
    LeftoverLook look = new LeftoverLook(site, runner);
    findings.look("undo", look::broken);
    findings.look("journals", look::journals);
    findings.look("clock", look::clock);
  }

  private String broken() throws ProblemException, IOException {
    Optional<OpenJob> broken = new OpenJobs(site.state()).broken();
    if (broken.isPresent()) {
      String id = broken.get().job().accepted().id().value();
      throw new ProblemException(
          Problem.UNDO_PENDING,
          "cannot start jobs: the undo of " + id + " failed",
          "Put right what `spoolway explain "
              + id
              + "` names, then run `spoolway recover "
              + site.deployment().name()
              + "`.",
          null);
    }
    return "nothing is left undone";
  }

  private String journals() throws ProblemException, IOException {
    OpenJobs.Look look = new OpenJobs(site.state()).look();
    List<String> damaged = new ArrayList<>(aside());
    if (runner != RunnerSigns.WORKING) {
      damaged.addAll(look.damaged());
    }
    if (!damaged.isEmpty()) {
      throw new ProblemException(
          Problem.JOURNAL_DAMAGED,
          "cannot rely on the disk: " + String.join("; ", damaged),
          "Check the disk, then move the file away.",
          null);
    }
    long cut = look.jobs().stream().filter(OpenJob::isUnderWay).count();
    if (cut > 0 && runner == RunnerSigns.NONE) {
      throw new ProblemException(
          Problem.INTERRUPTED,
          "cannot call it quiet: " + cut + " unfinished, and no runner lives",
          "Start `spoolway run`, or run `spoolway recover " + site.deployment().name() + "`.",
          null);
    }
    return look.jobs().size() + " open";
  }

  /** Journals that an earlier runner could not read and put aside. */
  private List<String> aside() throws IOException {
    List<String> aside = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(site.state().path(), "damaged.*")) {
      files.forEach(file -> aside.add(file + " is a damaged journal"));
    } catch (NoSuchFileException neverRun) {
      return List.of();
    }
    return aside;
  }

  private String clock() throws ProblemException, IOException {
    Instant now = site.clock().instant();
    Optional<Instant> last =
        site.history().entries().stream().map(History.Entry::finishedAt).max(Instant::compareTo);
    if (last.isPresent() && last.get().isAfter(now.plus(CLOCK_SLACK))) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot trust the clock: it shows " + now + ", and a job ended at " + last.get(),
          "Set the clock, as with `timedatectl set-ntp true`.",
          null);
    }
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
