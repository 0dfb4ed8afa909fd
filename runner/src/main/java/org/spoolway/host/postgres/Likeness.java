package org.spoolway.host.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.postgres.DatabaseFacts.Grant;
import org.spoolway.host.postgres.DatabaseFacts.Setting;

/**
 * Makes a fresh copy like its original in what {@code CREATE DATABASE} leaves behind: the access
 * list, settings, comment and labels. Without it a {@code REVOKE CONNECT FROM PUBLIC} would vanish
 * by going back. Owner, limit and collation are given when it is created.
 */
final class Likeness {

  /**
   * Settings whose value is a list of names, each quoted by itself; after {@code
   * variable_is_guc_list_quote} of pg_dump.
   */
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  /** One name of such a list, quoted or not. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))\\s*(?:,|$)");

  private Likeness() {}

  /** What makes the target like the model; the target is fresh. */
  static List<String> statements(DatabaseFacts model, String target) {
    List<String> statements = new ArrayList<>();
    String database = "DATABASE " + Sql.name(target);
    access(model, database, statements);
    for (Setting setting : model.settings()) {
      String of =
          setting.role() == null
              ? "ALTER " + database
              : "ALTER ROLE " + Sql.name(setting.role()) + " IN " + database;
      setting.settings().forEach(it -> statements.add(of + " SET " + assignment(it)));
    }
    if (model.comment() != null) {
      statements.add("COMMENT ON " + database + " IS " + Sql.text(model.comment()));
    }
    model
        .labels()
        .forEach(
            label ->
                statements.add(
                    "SECURITY LABEL FOR "
                        + Sql.name(label.provider())
                        + " ON "
                        + database
                        + " IS "
                        + Sql.text(label.label())));
    return statements;
  }

  /** In what two databases differ that should be alike; null when in nothing. */
  static @Nullable String difference(DatabaseFacts model, DatabaseFacts copy) {
    if (!model.owner().equals(copy.owner())) {
      return "its owner";
    } else if (model.connectionLimit() != copy.connectionLimit()) {
      return "its connection limit";
    } else if (!Objects.equals(model.comment(), copy.comment())) {
      return "its comment";
    } else if (!Objects.equals(asSet(model.access()), asSet(copy.access()))) {
      return "its access list";
    } else if (!new HashSet<>(model.settings()).equals(new HashSet<>(copy.settings()))) {
      return "its settings";
    } else if (!model.labels().equals(copy.labels())) {
      return "its labels";
    }
    return model.place().equals(copy.place()) ? null : "its encoding or collation";
  }

  private static @Nullable Set<?> asSet(@Nullable List<?> list) {
    return list == null ? null : new HashSet<>(list);
  }

  /** Grants of the owner first; whoever passes a privilege on must have got it before. */
  private static void access(DatabaseFacts model, String database, List<String> statements) {
    if (model.access() == null) {
      return;
    }
    String owner = model.owner();
    statements.add("REVOKE ALL ON " + database + " FROM PUBLIC");
    statements.add("REVOKE ALL ON " + database + " FROM " + Sql.name(owner));
    List<Grant> left = new ArrayList<>(model.access());
    Set<String> able = new HashSet<>(Set.of(owner));
    while (!left.isEmpty()) {
      List<Grant> now = left.stream().filter(grant -> able.contains(grant.grantor())).toList();
      if (now.isEmpty()) {
        // The comparison afterwards tells what came of it.
        return;
      }
      for (Grant grant : now) {
        statements.addAll(statements(grant, owner, database));
        if (grant.grantable() && grant.grantee() != null) {
          able.add(grant.grantee());
        }
      }
      left.removeAll(now);
    }
  }

  private static List<String> statements(Grant grant, String owner, String database) {
    String give =
        "GRANT "
            + grant.privilege()
            + " ON "
            + database
            + " TO "
            + (grant.grantee() == null ? "PUBLIC" : Sql.name(grant.grantee()))
            + (grant.grantable() ? " WITH GRANT OPTION" : "");
    return grant.grantor().equals(owner)
        ? List.of(give)
        : List.of("SET ROLE " + Sql.name(grant.grantor()), give, "RESET ROLE");
  }

  private static String assignment(String setting) {
    int equals = setting.indexOf('=');
    String name = setting.substring(0, equals);
    String value = setting.substring(equals + 1);
    String quoted = LISTS.contains(name) ? list(value) : Sql.text(value);
    // A name of an extension's has a dot between two names.
    return String.join(".", List.of(name.split("\\.")).stream().map(Sql::name).toList())
        + " TO "
        + quoted;
  }

  private static String list(String value) {
    List<String> elements = new ArrayList<>();
    Matcher matcher = ELEMENT.matcher(value);
    while (matcher.lookingAt() && matcher.end() > matcher.regionStart()) {
      String quoted = matcher.group(1);
      elements.add(
          Sql.text(quoted == null ? matcher.group(2).strip() : quoted.replace("\"\"", "\"")));
      matcher.region(matcher.end(), value.length());
    }
    return elements.isEmpty() ? "''" : String.join(", ", elements);
  }
}
