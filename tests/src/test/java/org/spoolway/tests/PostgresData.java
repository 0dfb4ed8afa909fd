package org.spoolway.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.host.postgres.PostgresCluster;

/**
 * Notes in a database of a PostgreSQL server, with all that a copy can lose: roles, grants,
 * settings, extensions, large objects, sequences.
 */
final class PostgresData implements ApplicationData {

  private static final Pattern NOTES =
      Pattern.compile(
          "COPY public\\.notes \\(id, text\\) FROM stdin;\n(.*?)\\\\\\.\n", Pattern.DOTALL);

  private final PostgresCluster cluster;

  /** Makes the database in a cluster, in place of one that was there before. */
  PostgresData(PostgresCluster cluster) {
    this.cluster = cluster;
    cluster.dropDatabases("app");
    cluster.sql("postgres", Release.resource("postgresql/database.sql"));
  }

  private List<String> names(String condition) {
    return cluster
        .sql("postgres", "SELECT datname FROM pg_database WHERE " + condition)
        .lines()
        .toList();
  }

  @Override
  public DeploymentFile describeIn(DeploymentFile file) {
    return describe(cluster, "app", file);
  }

  /** Tells a deployment file of a database of a cluster, for the superuser to copy. */
  static DeploymentFile describe(PostgresCluster cluster, String name, DeploymentFile file) {
    file.set("database", "type", "\"postgresql\"")
        .set("database", "name", Json.quote(name))
        .set("database", "host", Json.quote(cluster.socketDirectory().toString()))
        .set("database", "port", Integer.toString(cluster.port()))
        .set("database", "role", Json.quote(cluster.superuser()));
    return cluster.account() == null
        ? file
        : file.set("database", "user", Json.quote(cluster.account()));
  }

  @Override
  public Release release() {
    return Release.onPostgres(
        """
        #!/bin/sh
        # Carries out SQL from its standard input, up to the first statement that fails.
        exec %s -X -q -A -t -v ON_ERROR_STOP=1 -h %s -p %d -U app_owner -d "${DATABASE:-app}"
        """
            .formatted(
                cluster.programs().resolve("psql"), cluster.socketDirectory(), cluster.port()));
  }

  /** After a checkpoint: what sequences stand at is then not lost by a kill either. */
  @Override
  public String dump() {
    if (names("datname = 'app'").isEmpty()) {
      return "";
    }
    cluster.sql("postgres", "CHECKPOINT");
    return cluster.dump("app") + "\n";
  }

  @Override
  public String withNote(String dump, String text) {
    Matcher notes = NOTES.matcher(dump);
    if (!notes.find()) {
      throw new AssertionError("no notes in\n" + dump);
    }
    long rows = notes.group(1).lines().count();
    String more = notes.group(1) + (rows + 1) + "\t" + text + "\n";
    return dump.replace(notes.group(1), more);
  }

  @Override
  public List<String> strays(Path snapshots) {
    Set<String> known = DatabaseCopies.recordedIn(snapshots);
    Set<String> there = new TreeSet<>(names("datname LIKE '%\\_spoolway\\_%'"));
    List<String> strays = new ArrayList<>();
    there.stream().filter(it -> !known.contains(it)).forEach(it -> strays.add(it + " is nobody's"));
    known.stream()
        .filter(it -> !there.contains(it))
        .forEach(it -> strays.add(it + " is not there"));
    names("NOT datallowconn AND datname = 'app'").forEach(it -> strays.add(it + " is shut"));
    names("datallowconn AND datname LIKE '%\\_spoolway\\_%'")
        .forEach(it -> strays.add(it + " is open"));
    return strays;
  }
}
