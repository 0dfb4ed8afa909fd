package org.spoolway.step;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Exit;
import org.spoolway.journal.Evidence;
import org.spoolway.migration.ClientOutput;
import org.spoolway.migration.MigrationFile;
import org.spoolway.migration.MigrationFiles;
import org.spoolway.migration.Pending;
import org.spoolway.migration.SqlClient;
import org.spoolway.migration.SqlClient.Invocation;
import org.spoolway.migration.SqlFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Applies the SQL that a release brings, as the one who migrates. */
final class SqlMigrations {

  private static final Duration LOOK_LIMIT = Duration.ofMinutes(1);
  private static final int SHOWN = 5;

  private final Site site;
  private final SqlFiles sql;
  private final ReleaseCommands commands;
  private final SqlClient client;
  private final String verb;
  private final Confinement confinement;

  SqlMigrations(Site site, SqlFiles sql) {
    this(site, sql, site.ports().sql(), "migrate to", Confinements.ofMigration(site));
  }

  /**
   * Of another database than the application's own.
   *
   * @param client words the commands for it
   * @param verb what it does to the release that the job leads to
   */
  SqlMigrations(Site site, SqlFiles sql, SqlClient client, String verb, Confinement confinement) {
    this.site = site;
    this.sql = sql;
    this.commands = new ReleaseCommands(site);
    this.client = client;
    this.verb = verb;
    this.confinement = confinement;
  }

  /** Tells what is pending, while the application serves. */
  Evidence check(Work work) throws ProblemException, IOException {
    List<MigrationFile> files = files(work.facts().to());
    if (isMadeLater(work.facts())) {
      return evidence(files);
    }
    Pending pending = pending(files, Problem.PENDING_CHECK_FAILED, work);
    if (!pending.gone().isEmpty()) {
      work.say(
          "applied earlier, and in this release no more: " + String.join(", ", pending.gone()));
    }
    List<String> names = pending.files().stream().map(MigrationFile::name).toList();
    return evidence(pending.files()).with(Evidence.MIGRATION_FILES, String.join(" ", names));
  }

  /** What an installation makes before it migrates cannot be asked. */
  private boolean isMadeLater(Facts facts) {
    return facts.from().isEmpty() && !site.deployment().install().run().isEmpty();
  }

  private static Evidence evidence(List<MigrationFile> pending) {
    List<String> names = pending.stream().map(MigrationFile::name).toList();
    int more = names.size() - SHOWN;
    String text =
        names.isEmpty()
            ? "no migration is pending"
            : "pending: "
                + names.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    return Evidence.detail(text).with(Evidence.PENDING, !names.isEmpty());
  }

  /** Applies what was pending; users wait, so nobody is asked again. */
  void apply(Work work) throws ProblemException, IOException {
    List<MigrationFile> files = files(work.facts().to());
    Optional<String> known = work.facts().fact(Evidence.MIGRATION_FILES);
    List<MigrationFile> pending =
        known.isPresent()
            ? named(List.of(known.get().split(" ")), files)
            : pending(files, Problem.MIGRATION_FAILED, work).files();
    AtomicInteger begun = new AtomicInteger();
    long start = System.nanoTime();
    Duration limit = site.deployment().migrate().timeout();
    for (Invocation invocation : client.apply(pending, work.facts().to())) {
      Duration left = limit.minusNanos(System.nanoTime() - start);
      ReleaseCommands.Kind kind =
          kind(
              verb + " " + work.facts().to(),
              left.isNegative() ? Duration.ZERO : left,
              Problem.MIGRATION_FAILED,
              Problem.MIGRATION_TIMED_OUT);
      ClientOutput printed =
          new ClientOutput(
              invocation,
              name ->
                  work.progress()
                      .at(
                          (double) begun.getAndIncrement() / pending.size(),
                          name + ", " + begun + " of " + pending.size()));
      run(invocation, kind, printed, work);
    }
  }

  private static List<MigrationFile> named(List<String> names, List<MigrationFile> files) {
    return files.stream().filter(file -> names.contains(file.name())).toList();
  }

  private Pending pending(List<MigrationFile> files, Problem failed, Work work)
      throws ProblemException, IOException {
    Invocation invocation = client.history();
    ReleaseCommands.Kind kind =
        kind("ask the database which migrations it has seen", LOOK_LIMIT, failed, failed);
    ClientOutput printed = new ClientOutput(invocation, name -> {});
    run(invocation, kind, printed, work);
    work.say(
        "%d migrations in the release, %d in the database"
            .formatted(files.size(), printed.history().size()));
    return Pending.of(files, printed.history());
  }

  private ReleaseCommands.Kind kind(
      String doing, Duration timeout, Problem failed, Problem timedOut) {
    Deployment.Migrate migrate = site.deployment().migrate();
    return new ReleaseCommands.Kind(doing, migrate.user(), timeout, confinement, failed, timedOut);
  }

  private void run(
      Invocation invocation, ReleaseCommands.Kind kind, ClientOutput printed, Work work)
      throws ProblemException {
    Exit exit =
        site.ports()
            .commands()
            .run(
                commands.command(
                    invocation.arguments(), invocation.environment(), kind, work.facts().to()),
                (bytes, offset, length) -> {
                  work.output().write(bytes, offset, length);
                  printed.write(bytes, offset, length);
                },
                work.interruption());
    if (exit.equals(new Exit.Status(0))) {
      return;
    }
    String means = printed.file().orElse(program(invocation));
    if (exit instanceof Exit.Status && printed.complaint().isPresent()) {
      String message = ReleaseCommands.message(kind, means, printed.complaint().get());
      throw new ProblemException(kind.failed(), message);
    } else if (exit instanceof Exit.TimedOut && kind.timedOut() == Problem.MIGRATION_TIMED_OUT) {
      Duration limit = site.deployment().migrate().timeout();
      throw ReleaseCommands.failure(new Exit.TimedOut(limit), kind, means);
    }
    throw ReleaseCommands.failure(exit, kind, means);
  }

  private static String program(Invocation invocation) {
    return String.valueOf(Path.of(invocation.arguments().get(0)).getFileName());
  }

  private List<MigrationFile> files(Version version) throws ProblemException, IOException {
    return MigrationFiles.in(site.releases().directory(version), sql);
  }
}
