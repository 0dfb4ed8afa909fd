package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Trees;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.journal.Evidence;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.Rehearsal.Wish;
import org.spoolway.migration.Rehearsal.Words;
import org.spoolway.migration.SqlFiles;
import org.spoolway.migration.TrialDatabase;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Tries the new release on a copy of the data while the old one serves: it migrates the copy, and
 * has to pass the gate on it. What fails here fails before users notice anything.
 *
 * <pre>
 * rehearsal/notes/    what there is to discard; the runner's alone
 * rehearsal/trial/    the trial's own directory, with the copy if that is a file
 * </pre>
 */
final class Rehearse implements Step {

  /** Up to here a copy is made unasked: some seconds of one disk and one processor. */
  private static final long CHEAP = 1L << 30;

  private static final long MEBIBYTE = 1L << 20;

  /** Longer than the gate, which is what ends it. */
  private static final int GATES = 2;

  private static final String VERB = "migrate a copy of the data to";

  private final Site site;
  private final Rehearsal rehearsal;
  private final Path notes;
  private final Path trial;

  Rehearse(Site site) {
    this.site = site;
    this.rehearsal = site.deployment().migrate().rehearsal();
    this.notes = site.application().rehearsal().resolve("notes");
    this.trial = site.application().rehearsal().resolve("trial");
  }

  @Override
  public String name() {
    return "rehearse";
  }

  @Override
  public Decision decide(Facts facts) throws ProblemException {
    if (facts.from().isEmpty()) {
      return Decision.skip("nothing serves yet, so nothing is at risk");
    }
    if (!facts.migrationPending()) {
      return Decision.skip("no migration is pending");
    }
    OptionalLong bytes = site.ports().trial().bytes();
    if (bytes.isEmpty()) {
      return Decision.skip("there are no data yet");
    }
    String size = (bytes.getAsLong() + MEBIBYTE - 1) / MEBIBYTE + " MiB";
    if (rehearsal.wish() == Wish.CHEAP && bytes.getAsLong() > CHEAP) {
      return Decision.skip(
          "a copy of "
              + size
              + " is not cheap; `migrate.rehearse` = true has one made all the same");
    }
    return Decision.run(
        "the new release is tried on a copy of the data, of "
            + size
            + ", while the old one serves"
            + (rehearsal.starts() ? "" : "; [rehearse] does not say how it is started on that"));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    clear();
    Optional<String> copy = copy(work);
    if (copy.isEmpty()) {
      clear();
      return Evidence.skipped("no copy of the data could be made; the log says why");
    }
    Words words = new Words(copy.get(), site.ports().freePort().getAsInt(), trial.toString());
    long begin = System.nanoTime();
    migrate(words, work);
    Duration migrated = Duration.ofNanos(System.nanoTime() - begin);
    requireOwnDataUntouched(work.facts());
    String text = "migrated a copy in " + Durations.text(migrated);
    if (rehearsal.starts()) {
      text += "; " + work.facts().to() + " answers on it: " + prove(words, work);
    }
    List<String> locks = site.ports().trial().locks(copy.get());
    locks.forEach(line -> work.say("while users wait: " + line));
    clear();
    return Evidence.detail(locks.isEmpty() ? text : text + "; " + String.join(", ", locks))
        .with(Evidence.REHEARSED, Durations.text(migrated))
        .with(Evidence.LOCKS, locks.isEmpty() ? null : String.join(", ", locks));
  }

  /** Unasked it stands in nobody's way. */
  private Optional<String> copy(Work work) throws ProblemException, IOException {
    Files.createDirectories(site.application().rehearsal());
    for (Path directory : List.of(notes, trial)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    TrialDatabase database = site.ports().trial();
    try {
      String copy = database.copy(notes, trial);
      giveTrial();
      return Optional.of(copy);
    } catch (ProblemException e) {
      if (rehearsal.wish() == Wish.ALWAYS) {
        throw e;
      }
      work.say("nothing is rehearsed: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What is in it first: once the directory is theirs, its names are too. */
  private void giveTrial() throws IOException {
    Optional<String> user = site.dataOwner();
    if (user.isPresent()) {
      try (Stream<Path> files = Files.list(trial)) {
        for (Path file : files.toList()) {
          Trees.giveTo(file, user.get());
        }
      }
      Trees.giveTo(trial, user.get());
    }
  }

  private void migrate(Words words, Work work) throws ProblemException, IOException {
    Deployment.Migrate migrate = site.deployment().migrate();
    SqlFiles sql = migrate.sql();
    Confinement confinement = Confinements.ofRehearsal(site, trial);
    if (sql != null) {
      new SqlMigrations(site, sql, site.ports().trial().sql(words.database()), VERB, confinement)
          .apply(work);
    } else {
      new ReleaseCommands(site, words.fill(rehearsal.env()))
          .changeData(VERB, migrate.run(), confinement, work);
    }
  }

  /** A release that heeds none of its variables has migrated what users work with. */
  private void requireOwnDataUntouched(Facts facts) throws ProblemException {
    String schema = site.ports().database().contents().schema();
    if (!facts.fact(Evidence.SCHEMA).equals(Optional.of(schema))) {
      throw new ProblemException(
          Problem.MIGRATION_FAILED,
          "cannot rehearse "
              + facts.to()
              + ": meanwhile the form of the application's own data has changed, as if the release"
              + " did not heed what [rehearse] leads it to the copy with",
          "See with what variable the release is told its database, and correct `rehearse.env`;"
              + " `spoolway restore` puts back the data of a snapshot.",
          null);
    }
  }

  private String prove(Words words, Work work) throws ProblemException {
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "start a copy of",
            site.deployment().migrate().user(),
            site.deployment().health().timeout().multipliedBy(GATES),
            Confinements.ofRehearsal(site, trial),
            Problem.SERVICE_START_FAILED,
            Problem.SERVICE_START_FAILED);
    return new TrialRelease(site, rehearsal, kind).prove(words, work);
  }

  @Override
  public void undo(Work work) throws ProblemException, IOException {
    site.ports().commands().requireAllEnded(site.mark());
    clear();
  }

  private void clear() throws ProblemException, IOException {
    site.ports().trial().discard(notes);
    Trees.delete(site.application().rehearsal());
  }
}
