package org.spoolway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment.Data;
import org.spoolway.deployment.Deployment.DataType;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;

/** The table that says where the data are. */
final class DatabaseReader {

  private static final String[] OF_A_SERVER = {
    "name", "host", "port", "role", "passfile", "method", "verify"
  };
  private static final String[] OF_COMMANDS = {"snapshot", "restore", "mark", "schema", "size"};
  private static final String[] OF_BOTH = {"user", "timeout"};

  /** Who looks after PostgreSQL on Debian and everywhere else. */
  private static final String ADMINISTRATOR = "postgres";

  private final TomlTable table;
  private final boolean isPrivileged;

  DatabaseReader(TomlTable table, boolean isPrivileged) {
    this.table = table;
    this.isPrivileged = isPrivileged;
  }

  Data read(Path root) {
    table.require("type");
    DataType type = table.oneOf("type", Words.of(DataType.values()), Set.of(), DataType.NONE);
    switch (type) {
      case NONE -> {}
      case SQLITE -> table.require("path");
      case POSTGRESQL -> table.require("name");
      case COMMAND -> table.require("snapshot", "restore");
    }
    boolean server = type == DataType.POSTGRESQL;
    boolean commands = type == DataType.COMMAND;
    DeploymentReader.refuseUnless(!server && !commands, table, "database", "path");
    DeploymentReader.refuseUnless(server, table, "database", OF_A_SERVER);
    DeploymentReader.refuseUnless(commands, table, "database", OF_COMMANDS);
    DeploymentReader.refuseUnless(server || commands, table, "database", OF_BOTH);
    String path =
        table.value(
            "path",
            "a path in root, outside releases/ and current/, such as \"shared/notes.db\"",
            DeploymentReader.text(Forms::data));
    @Nullable String account = DeploymentReader.account(table);
    Duration timeout = DeploymentReader.timeout(table, "timeout", commands ? "30m" : "30s");
    Database.PostgreSql asServer = server(account, timeout);
    CopyCommands asCommands = commands(account, timeout);
    if (commands && isPrivileged && !table.has("user")) {
      table.wrong(
          "user",
          table.path("user")
              + " is missing; a privileged runner copies data only as a user that is named");
    }
    return switch (type) {
      case NONE -> Data.NONE;
      case SQLITE -> path == null ? Data.NONE : Data.sqlite(root.resolve(path));
      case POSTGRESQL -> Data.postgresql(asServer);
      case COMMAND -> new Data(DataType.COMMAND, null, null, asCommands);
    };
  }

  private Database.PostgreSql server(@Nullable String account, Duration timeout) {
    return new Database.PostgreSql(
        table.text(
            "name",
            "a database of up to 63 letters, digits, dashes, dots and underscores, not the server's own",
            Forms::isDatabase,
            ""),
        table.text("host", "a host, or the directory of a socket", Forms::isServer),
        table.number("port", 1, 5432),
        table.text("role", "the name of a role", Forms::isRole),
        table.value(
            "passfile",
            "an absolute path such as \"/etc/spoolway/notes.pgpass\"",
            DeploymentReader.text(Forms::root)),
        account == null && isPrivileged ? ADMINISTRATOR : account,
        table.oneOf("method", Words.of(CopyMethod.values()), Set.of(), CopyMethod.AUTO),
        table.oneOf("verify", Words.of(DumpProof.values()), Set.of(), DumpProof.LIST),
        timeout);
  }

  private CopyCommands commands(@Nullable String account, Duration timeout) {
    return new CopyCommands(
        commands("snapshot"),
        commands("restore"),
        command("mark"),
        command("schema"),
        command("size"),
        account,
        timeout);
  }

  private List<List<String>> commands(String name) {
    table.value(
        name,
        "at least one command",
        value -> value.isArray() && value.isEmpty() ? Optional.empty() : Optional.of(value));
    return table.list(name, DeploymentReader.COMMANDS, TomlValues::command);
  }

  private List<String> command(String name) {
    List<String> command = table.value(name, DeploymentReader.COMMAND, TomlValues::command);
    return command == null ? List.of() : command;
  }
}
