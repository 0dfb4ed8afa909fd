package org.spoolway.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code [migrate] rehearse} and {@code [rehearse]}: whether a release is tried on a copy of the
 * data before it gets the data themselves, and what leads it there. The words {@code @DATABASE@},
 * {@code @PORT@} and {@code @DIRECTORY@} stand for what each rehearsal gets anew: the copy, by name
 * or as a file; a port of the loopback; and a directory of its own.
 *
 * @param wish whether
 * @param env the variables that migrations get, and the release that is started
 * @param run the command that starts the release in the foreground; empty: it is not started
 * @param url what must answer well then; null: it is not started
 */
public record Rehearsal(
    Wish wish, Map<String, String> env, List<String> run, @Nullable String url) {

  /** Stands for the copy: a database's name, or the path of a SQLite file. */
  public static final String DATABASE = "@DATABASE@";

  /** Stands for a port that is free. */
  public static final String PORT = "@PORT@";

  /** Stands for an empty directory, the only one that can be written on a host that confines. */
  public static final String DIRECTORY = "@DIRECTORY@";

  /** Nothing is rehearsed. */
  public static final Rehearsal NONE = new Rehearsal(Wish.NEVER, Map.of(), List.of(), null);

  /** Whether a release is rehearsed. */
  public enum Wish {
    /** Never. */
    NEVER,
    /** Where a copy costs little. */
    CHEAP,
    /** Always; what cannot be rehearsed does not go live. */
    ALWAYS
  }

  /** Keeps what it was given. */
  public Rehearsal {
    env = Map.copyOf(env);
    run = List.copyOf(run);
  }

  /** Whether the release is started, too. */
  public boolean starts() {
    return !run.isEmpty() && url != null;
  }

  /** What the words of one rehearsal stand for. */
  public record Words(String database, int port, String directory) {

    /** A text with what its words stand for. */
    public String fill(String text) {
      return text.replace(DATABASE, database)
          .replace(PORT, String.valueOf(port))
          .replace(DIRECTORY, directory);
    }

    /** A command the same way. */
    public List<String> fill(List<String> words) {
      return words.stream().map(this::fill).toList();
    }

    /** Variables the same way. */
    public Map<String, String> fill(Map<String, String> variables) {
      Map<String, String> filled = new LinkedHashMap<>();
      variables.forEach((name, value) -> filled.put(name, fill(value)));
      return filled;
    }
  }
}
