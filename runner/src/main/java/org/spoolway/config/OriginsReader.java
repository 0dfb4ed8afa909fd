package org.spoolway.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.schedule.Updates;
import org.spoolway.schema.Action;
import org.spoolway.wording.Quoted;

/** The {@code [origins]}: who may ask for what. */
final class OriginsReader {

  private static final String ALL = "*";
  private static final Map<String, Action> ACTIONS = Words.of(Action.values());

  /** Nobody else may own what lies in its inbox. */
  private static final Origin RUNNER =
      new Origin(
          List.of(),
          Collections.unmodifiableSet(EnumSet.of(Action.CHECK, Action.UPDATE)),
          null,
          Origin.DEFAULT_MAX_QUEUED);

  private final TomlTable table;

  OriginsReader(TomlTable table) {
    this.table = table;
  }

  /**
   * The origins; whoever runs the runner may ask for everything when the file lists none.
   *
   * @param updates where the runner asks for anything by itself, it has an origin, too
   */
  Map<String, Origin> read(Updates updates) {
    Map<String, Origin> origins = new LinkedHashMap<>(people());
    if (updates.areAskedFor()) {
      if (origins.containsKey(Deployment.AUTO)) {
        table.wrong(
            Deployment.AUTO,
            table.path(Deployment.AUTO)
                + " is the runner's own beside `updates`; give it another name");
      }
      origins.put(Deployment.AUTO, RUNNER);
    }
    return Collections.unmodifiableMap(origins);
  }

  private Map<String, Origin> people() {
    if (!table.isPresent()) {
      Origin everything =
          new Origin(List.of(), actions(List.of(ALL)), null, Origin.DEFAULT_MAX_QUEUED);
      return Map.of(Deployment.OPERATOR, everything);
    }
    if (table.names().isEmpty()) {
      table.wrong(
          "\"origins\" has none; leave the table out, or add one such as [origins.operator]");
    }
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (String name : table.names()) {
      if (!Forms.isName(name)) {
        table.wrong(
            name,
            table.path(name)
                + " must be named with 1 to 41 lower-case letters, digits and dashes that begin"
                + " with no dash");
      }
      origins.put(name, origin(table.table(name)));
    }
    return origins;
  }

  private static Origin origin(TomlTable table) {
    table.require("owners", "actions");
    List<String> owners =
        table.list(
            "owners",
            "a list of users, and groups behind an @, such as [\"notes-web\", \"@staff\"]",
            value -> TomlValues.text(value).filter(Forms::isOwner));
    List<String> names =
        table.list(
            "actions", "a list of actions such as [\"check\", \"update\"]", TomlValues::text);
    for (String name : names) {
      if (!name.equals(ALL) && !ACTIONS.containsKey(name)) {
        table.wrong(
            "actions",
            table.path("actions")
                + (" cannot have " + Quoted.of(name))
                + TomlTable.hint(name, ACTIONS.keySet()));
      }
    }
    return new Origin(
        owners,
        actions(names),
        table.text("group", "the name or number of a group", Forms::isAccount),
        table.number("maxQueued", 1, Origin.DEFAULT_MAX_QUEUED));
  }

  private static Set<Action> actions(List<String> names) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (String name : names) {
      actions.addAll(name.equals(ALL) ? ACTIONS.values() : some(name));
    }
    return Collections.unmodifiableSet(actions);
  }

  private static Set<Action> some(String name) {
    return Optional.ofNullable(ACTIONS.get(name)).map(Set::of).orElse(Set.of());
  }
}
