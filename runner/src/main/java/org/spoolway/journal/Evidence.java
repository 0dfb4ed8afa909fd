package org.spoolway.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a step leaves for later steps, for its own undo and for people: plain words, never a live
 * object, so that a runner that was just started knows as much as the one that wrote it.
 *
 * @param facts facts by name
 * @param detail one line for people, or null
 * @param skipped why nothing had to be done after all, or null
 */
public record Evidence(
    Map<String, String> facts, @Nullable String detail, @Nullable String skipped) {

  /** The release that was live before. */
  public static final String FROM = "from";

  /** The release it leads to. */
  public static final String TO = "to";

  /** The source's name of that release. */
  public static final String TAG = "tag";

  /** The id of what that name stood for. */
  public static final String OBJECT = "object";

  /** Whose key has signed it, for people. */
  public static final String SIGNER = "signer";

  /** How many bytes must be free, without which the job is refused. */
  public static final String NEEDED_BYTES = "neededBytes";

  /** Whether a migration is pending: {@code true} or {@code false}. */
  public static final String PENDING = "pending";

  /** How the data are going to be copied, for people. */
  public static final String COPYING = "copying";

  /** What the release says of its migrations: {@code expand} or {@code any}. */
  public static final String MIGRATIONS = "migrations";

  /** That nothing answered while one process took the place of another. */
  public static final String GAP = "gap";

  /** The names of the migrations that are to be applied, with blanks between them. */
  public static final String MIGRATION_FILES = "migrationFiles";

  /** How long the migration took on a copy of the data, for people. */
  public static final String REHEARSED = "rehearsed";

  /** What statements would have kept users waiting then, for people. */
  public static final String LOCKS = "locks";

  /** The snapshot that was taken. */
  public static final String SNAPSHOT = "snapshot";

  /** The snapshot whose data are put in place. */
  public static final String RESTORES = "restores";

  /** What was written since those data were live, and is put aside for them, for people. */
  public static final String WRITTEN = "written";

  /** What is made ready to be put in place of it, where that is something else. */
  public static final String STAGED = "staged";

  /** What was put in place, and is a snapshot no more. */
  public static final String USED_UP = "usedUp";

  /** The database's mark when nothing had been written by the new release yet. */
  public static final String DATA_MARK = "dataMark";

  /** That the release has passed its gate, after which users are let in. */
  public static final String PROVED = "proved";

  /** What form the data have. */
  public static final String SCHEMA = "schema";

  /** What form they had while the release before served. */
  public static final String FORMER_SCHEMA = "formerSchema";

  /** What form they have that suits the release before too. */
  public static final String EXPANDED_TO = "expandedTo";

  /** Why there is nothing to do at all; ends the job as unchanged. */
  public static final String UNCHANGED = "unchanged";

  /** Facts are copied. */
  public Evidence {
    facts = Map.copyOf(facts);
  }

  /** Nothing but that it happened. */
  public static Evidence none() {
    return new Evidence(Map.of(), null, null);
  }

  /** One line for people. */
  public static Evidence detail(String detail) {
    return new Evidence(Map.of(), detail, null);
  }

  /** Nothing had to be done after all; the step still takes part in going back. */
  public static Evidence skipped(String why) {
    return new Evidence(Map.of(), null, why);
  }

  /** The same with one more fact. */
  public Evidence with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new HashMap<>(facts);
    more.put(name, value.toString());
    return new Evidence(more, detail, skipped);
  }

  /** A fact, or empty. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }
}
