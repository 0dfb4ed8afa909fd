package org.spoolway.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Data;
import org.spoolway.deployment.Deployment.DataType;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;

/** The table that says where the data are. */
final class DatabaseReader {

  private static final String[] OF_A_SERVER = {
    "name", "host", "port", "role", "passfile", "user", "method", "verify", "timeout"
  };

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
    DataType type =
        table.oneOf("type", Words.of(DataType.values()), Set.of("command"), DataType.NONE);
    if (type == DataType.SQLITE) {
      table.require("path");
    } else if (type == DataType.POSTGRESQL) {
      table.require("name");
    }
    DeploymentReader.refuseUnless(type != DataType.POSTGRESQL, table, "database", "path");
    DeploymentReader.refuseUnless(type == DataType.POSTGRESQL, table, "database", OF_A_SERVER);
    String path =
        table.value(
            "path",
            "a path in root, outside releases/ and current/, such as \"shared/notes.db\"",
            DeploymentReader.text(Forms::data));
    Deployment.PostgreSql server = server();
    return switch (type) {
      case NONE -> Data.NONE;
      case SQLITE -> path == null ? Data.NONE : Data.sqlite(root.resolve(path));
      case POSTGRESQL -> Data.postgresql(server);
    };
  }

  private Deployment.PostgreSql server() {
    @Nullable String account = DeploymentReader.account(table);
    return new Deployment.PostgreSql(
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
        DeploymentReader.timeout(table, "timeout", "30s"));
  }
}
