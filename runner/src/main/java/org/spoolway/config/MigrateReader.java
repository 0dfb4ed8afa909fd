package org.spoolway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.DataType;
import org.spoolway.migration.SqlFiles;
import tools.jackson.databind.JsonNode;

/** The table that says how the data follow the code. */
final class MigrateReader {

  private final TomlTable table;
  private final DataType data;
  private final boolean mustNameUsers;

  MigrateReader(TomlTable table, DataType data, boolean mustNameUsers) {
    this.table = table;
    this.data = data;
    this.mustNameUsers = mustNameUsers;
  }

  Deployment.Migrate read(RehearsalReader rehearsals) {
    List<String> asked =
        table.value("pending", DeploymentReader.COMMAND, MigrateReader::commandOrNothing);
    List<String> pending = asked == null ? List.of() : asked;
    List<List<String>> run = table.list("run", DeploymentReader.COMMANDS, TomlValues::command);
    List<List<String>> contract =
        table.list("contract", DeploymentReader.COMMANDS, TomlValues::command);
    SqlFiles sql = sql();
    return new Deployment.Migrate(
        pending,
        run,
        contract,
        DeploymentReader.user(
            table, mustNameUsers, pending, run, contract, sql == null ? List.of() : List.of(sql)),
        DeploymentReader.timeout(table, "timeout", "30m"),
        sql,
        rehearsals.read(table, sql != null));
  }

  private static Optional<List<String>> commandOrNothing(JsonNode value) {
    return value.isArray() && value.isEmpty() ? Optional.of(List.of()) : TomlValues.command(value);
  }

  private @Nullable SqlFiles sql() {
    String glob =
        table.text(
            "sql",
            "files below the release such as \"migrations/*.sql\", with * and ? in the name alone",
            Forms::isSqlFiles);
    String role = table.text("role", "the name of a role", Forms::isRole);
    Path passfile =
        table.value(
            "passfile",
            "an absolute path such as \"/opt/notes/shared/.pgpass\"",
            DeploymentReader.text(Forms::root));
    if (table.has("sql")) {
      refuseBesideSql("run", "which of the two should migrate could not be told");
      refuseBesideSql("pending", "what is pending is known from the files and the database");
      if (data == DataType.NONE) {
        table.wrong("sql", table.path("sql") + " needs [database], which says where it is applied");
      } else if (data == DataType.COMMAND) {
        table.wrong(
            "sql",
            table.path("sql")
                + " needs a database of type \"sqlite\" or \"postgresql\"; for another, `migrate.run`"
                + " names the commands that migrate");
      }
    }
    for (String name : List.of("role", "passfile")) {
      if (table.has(name) && (!table.has("sql") || data != DataType.POSTGRESQL)) {
        table.wrong(
            name,
            table.path(name) + " is for `migrate.sql` with a database of type \"postgresql\"");
      }
    }
    return glob == null ? null : new SqlFiles(glob, role, passfile);
  }

  private void refuseBesideSql(String name, String why) {
    if (table.has(name)) {
      table.wrong(
          name, table.path(name) + " cannot stand beside " + table.path("sql") + ": " + why);
    }
  }
}
