package org.spoolway.step;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.engine.Facts;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.migration.MigrationFiles;
import org.spoolway.migration.SqlFiles;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Which migrations a release brings, asked of nobody but the releases. */
final class NewMigrations {

  private final Site site;
  private final SqlFiles sql;

  NewMigrations(Site site, SqlFiles sql) {
    this.site = site;
    this.sql = sql;
  }

  /**
   * What a dry run can tell, which asks no database: which files the live release does not have.
   *
   * @return null for who carries the plan out
   */
  @Nullable String of(Facts facts) throws IOException {
    if (!facts.request().dryRun()) {
      return null;
    }
    try {
      List<String> names = names(facts);
      if (facts.from().isEmpty()) {
        return String.join("\n", names);
      }
      Version live = facts.from().get();
      List<String> known = MigrationFiles.names(site.releases().directory(live), sql);
      List<String> added = names.stream().filter(name -> !known.contains(name)).toList();
      return added.isEmpty()
          ? "none that " + live + " does not have; if none is pending, nothing is stopped for it"
          : String.join("\n", added);
    } catch (ProblemException e) {
      return "told once the release is here: " + e.getMessage();
    }
  }

  private List<String> names(Facts facts) throws ProblemException, IOException {
    Version to = facts.to();
    if (facts.fact(Evidence.OBJECT).isEmpty() || site.releases().isSealed(to)) {
      return MigrationFiles.names(site.releases().directory(to), sql);
    }
    Candidate candidate =
        new Candidate(
            to, facts.fact(Evidence.TAG).orElseThrow(), facts.fact(Evidence.OBJECT).orElseThrow());
    return site.ports().sources().files(candidate, sql.directory()).keySet().stream()
        .filter(sql::matches)
        .sorted()
        .toList();
  }
}
