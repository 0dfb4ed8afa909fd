package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.FreeBytes;
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
 * rehearsal/copy/data/   what there is to discard; a server's account passes it to its dump
 * rehearsal/trial/       the trial's own directory, with the copy if that is a file
 * </pre>
 */
final class Rehearse implements Step {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearse.class);

  /** Up to here a copy is made unasked: some seconds of one disk and one processor. */
  private static final long CHEAP = 1L << 30;

  private static final long MEBIBYTE = 1L << 20;

  /** What a dump, the copy and a table that is written anew take, in originals. */
  private static final int ROOM = 3;

  /** Longer than the gate, which is what ends it. */
  private static final int GATES = 2;

  private static final String ROOT = "0";

  private static final String VERB = "migrate a copy of the data to";

  private final Site site;
  private final Rehearsal rehearsal;
  private final Path notes;
  private final Path trial;

  Rehearse(Site site) {
    this.site = site;
    this.rehearsal = site.deployment().migrate().rehearsal();
    this.notes = site.application().rehearsal().resolve("copy/data");
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
    String risk = rehearsal.wish() == Wish.CHEAP ? site.ports().trial().risk() : null;
    if (risk != null) {
      return Decision.skip(risk);
    }
    return Decision.run(
        "the new release is tried on a copy of the data, of "
            + size
            + ", while the old one serves"
            + (rehearsal.starts() ? "" : "; [rehearse] does not say how it is started on that"));
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Optional<String> copy = copy(work);
    if (copy.isEmpty()) {
      return Evidence.skipped("no copy of the data could be made; the log says why");
    }
    String text;
    Duration migrated;
    try {
      long begin = System.nanoTime();
      migrate(copy.get(), work);
      migrated = Duration.ofNanos(System.nanoTime() - begin);
      text = "migrated a copy in " + Durations.text(migrated);
      if (rehearsal.starts()) {
        text += "; " + work.facts().to() + " answers on it: " + prove(copy.get(), work);
      }
    } catch (ProblemException e) {
      requireOwnDataUntouched(work.facts(), e);
      throw e;
    }
    requireOwnDataUntouched(work.facts(), null);
    List<String> locks = site.ports().trial().locks(copy.get());
    locks.forEach(line -> work.say("while users wait: " + line));
    clear();
    return Evidence.detail(locks.isEmpty() ? text : text + "; " + String.join(", ", locks))
        .with(Evidence.REHEARSED, Durations.text(migrated))
        .with(Evidence.LOCKS, locks.isEmpty() ? null : String.join(", ", locks));
  }

  /** Unasked it stands in nobody's way. */
  private Optional<String> copy(Work work) throws ProblemException, IOException {
    try {
      return Optional.of(copy());
    } catch (ProblemException | IOException e) {
      if (rehearsal.wish() == Wish.ALWAYS) {
        throw e;
      }
      work.say("nothing is rehearsed: " + e.getMessage());
      undo(work);
      return Optional.empty();
    }
  }

  private String copy() throws ProblemException, IOException {
    clear();
    TrialDatabase database = site.ports().trial();
    long needed = ROOM * database.bytes().orElse(0);
    long free = FreeBytes.of(site.deployment().root());
    if (free - site.deployment().floor().bytes() < needed) {
      throw new ProblemException(
          Problem.DISK_FULL,
          "cannot rehearse with a copy of the data: that takes "
              + needed / MEBIBYTE
              + " MiB of the "
              + free / MEBIBYTE
              + " MiB that are free");
    }
    Files.createDirectories(notes.resolveSibling(""));
    for (Path directory : List.of(notes, trial)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    String copy = database.copy(notes, trial);
    giveTrial();
    return copy;
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

  /** Its port is looked for right before somebody takes it. */
  private Words words(String copy) {
    return new Words(copy, site.ports().freePort().getAsInt(), trial.toString());
  }

  private void migrate(String copy, Work work) throws ProblemException, IOException {
    Deployment.Migrate migrate = site.deployment().migrate();
    SqlFiles sql = migrate.sql();
    Confinement confinement = Confinements.ofRehearsal(site, trial);
    if (sql != null) {
      new SqlMigrations(site, sql, site.ports().trial().sql(copy), VERB, confinement).apply(work);
    } else {
      new ReleaseCommands(site, words(copy).fill(rehearsal.env()))
          .changeData(VERB, migrate.run(), confinement, work);
    }
  }

  /**
   * A release that heeds none of its variables has migrated what users work with, however the
   * rehearsal ended.
   */
  private void requireOwnDataUntouched(Facts facts, @Nullable ProblemException failure)
      throws ProblemException {
    String schema = site.ports().database().contents().schema();
    if (!facts.fact(Evidence.SCHEMA).equals(Optional.of(schema))) {
      throw new ProblemException(
          Problem.MIGRATION_FAILED,
          "cannot rehearse "
              + facts.to()
              + ": meanwhile the form of the application's own data has changed, as if the release"
              + " did not heed what [rehearse] leads it to the copy with"
              + (failure == null ? "" : "; and " + failure.getMessage()),
          "See with what variable the release is told its database, and correct `rehearse.env`;"
              + " `spoolway restore` puts back the data of a snapshot.",
          failure);
    }
  }

  private String prove(String copy, Work work) throws ProblemException {
    ReleaseCommands.Kind kind =
        new ReleaseCommands.Kind(
            "start a copy of",
            site.deployment().migrate().user(),
            site.deployment().health().timeout().multipliedBy(GATES),
            Confinements.ofRehearsal(site, trial),
            Problem.SERVICE_START_FAILED,
            Problem.SERVICE_START_FAILED);
    return new TrialRelease(site, rehearsal, kind).prove(words(copy), work);
  }

  /** What cannot be discarded now is discarded before the next rehearsal; nobody waits for that. */
  @Override
  public void undo(Work work) throws ProblemException, IOException {
    site.ports().commands().requireAllEnded(site.mark());
    try {
      clear();
    } catch (ProblemException | IOException e) {
      LOG.warn("what is left of a rehearsal is left for the next one: {}", e.getMessage());
      work.say("what is left of the rehearsal is left for the next one: " + e.getMessage());
    }
  }

  /** Taken back first: whoever still runs could otherwise make names faster than they go. */
  private void clear() throws ProblemException, IOException {
    site.ports().trial().discard(notes);
    if (site.dataOwner().isPresent() && Files.isDirectory(trial, LinkOption.NOFOLLOW_LINKS)) {
      Trees.giveTo(trial, ROOT);
    }
    Trees.delete(site.application().rehearsal());
  }
}
