package org.spoolway.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.DataType;
import org.spoolway.migration.Rehearsal;
import org.spoolway.migration.Rehearsal.Wish;
import tools.jackson.databind.JsonNode;

/**
 * The table that says how a release is led to a copy of the data. Without it a release would work
 * with the data of users, so nothing is rehearsed then but SQL, which Spoolway applies itself.
 */
final class RehearsalReader {

  private static final Set<DataType> COPIED = Set.of(DataType.SQLITE, DataType.POSTGRESQL);
  private static final String LOOPBACK = "http://127.0.0.1:" + Rehearsal.PORT;
  private static final String ANY_PORT = "1";

  private final TomlTable table;
  private final Deployment.Service service;
  private final Deployment.Health health;
  private final DataType data;

  /**
   * @param table {@code [rehearse]}
   * @param data what is to be copied
   */
  RehearsalReader(
      TomlTable table, Deployment.Service service, Deployment.Health health, DataType data) {
    this.table = table;
    this.service = service;
    this.health = health;
    this.data = data;
  }

  /**
   * Reads it.
   *
   * @param migrate {@code [migrate]}, which says whether
   * @param bringsSql whether releases bring SQL that Spoolway applies
   */
  Rehearsal read(TomlTable migrate, boolean bringsSql) {
    table.require("env");
    Map<String, String> env = table.strings("env", Forms::isVariable, "DATABASE_URL");
    boolean leads = mentions(Rehearsal.DATABASE, env, List.of());
    if (table.has("env") && !leads) {
      table.wrong(
          "env",
          table.path("env")
              + " must have a variable with @DATABASE@, which leads a release to the copy");
    }
    List<String> named = table.value("run", DeploymentReader.COMMAND, TomlValues::command);
    List<String> run = named == null ? service.run() : named;
    String url = url();
    boolean hasPort = mentions(Rehearsal.PORT, env, run);
    if (named != null && !(hasPort && url != null)) {
      table.wrong(
          "run",
          table.path("run")
              + " needs @PORT@, in itself or in `rehearse.env`, and a URL to ask: `rehearse.url` or"
              + " `health.url`");
    }
    Wish wish = wish(migrate, bringsSql || leads);
    if (wish == Wish.NEVER) {
      return Rehearsal.NONE;
    }
    return new Rehearsal(wish, env, leads && hasPort ? run : List.of(), url);
  }

  private static boolean mentions(String word, Map<String, String> env, List<String> run) {
    return Stream.concat(env.values().stream(), run.stream()).anyMatch(it -> it.contains(word));
  }

  private @Nullable String url() {
    String url =
        table.text(
            "url",
            "a URL with @PORT@, such as \"" + LOOPBACK + "/health\"",
            text ->
                text.contains(Rehearsal.PORT)
                    && Forms.httpUrl(text.replace(Rehearsal.PORT, ANY_PORT)).isPresent());
    URI asked = health.url();
    if (url != null || asked == null) {
      return url;
    }
    return LOOPBACK
        + asked.getRawPath()
        + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
  }

  private Wish wish(TomlTable migrate, boolean isPossible) {
    Wish asked = migrate.value("rehearse", "true or false", RehearsalReader::meaning);
    if ((table.isPresent() || asked == Wish.ALWAYS) && !COPIED.contains(data)) {
      migrate.wrong(
          "rehearse", "a rehearsal needs a [database] of type \"sqlite\" or \"postgresql\"");
    } else if (asked == Wish.ALWAYS && !isPossible) {
      migrate.wrong(
          "rehearse",
          migrate.path("rehearse")
              + " needs `rehearse.env` with @DATABASE@, which leads a release to the copy");
    }
    Wish otherwise = isPossible ? Wish.CHEAP : Wish.NEVER;
    return asked == null ? otherwise : asked;
  }

  private static Optional<Wish> meaning(JsonNode value) {
    return value.isBoolean()
        ? Optional.of(value.booleanValue() ? Wish.ALWAYS : Wish.NEVER)
        : Optional.empty();
  }
}
