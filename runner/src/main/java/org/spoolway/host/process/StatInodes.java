package org.spoolway.host.process;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many more files the file system of a directory can take. Asks {@code stat}, since Java knows
 * of bytes only. File systems without a table of inodes, such as btrfs, say that they have none at
 * all.
 */
public final class StatInodes implements ToLongFunction<Path> {

  /** What is said where nothing limits the number, or where it cannot be told. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final String NONE_AT_ALL = "0";
  private static final Pattern COUNTS = Pattern.compile("(\\d+) (\\d{1,18})");

  private final Query query;

  /** Of this host. */
  public StatInodes() {
    this(Query.ofHost());
  }

  StatInodes(Query query) {
    this.query = query;
  }

  @Override
  public long applyAsLong(Path directory) {
    return query
        .firstLine(List.of("stat", "--file-system", "--format=%c %d", directory.toString()))
        .map(StatInodes::free)
        .orElse(UNLIMITED);
  }

  private static long free(String totalAndFree) {
    Matcher counts = COUNTS.matcher(totalAndFree);
    return counts.matches() && !counts.group(1).equals(NONE_AT_ALL)
        ? Long.parseLong(counts.group(2))
        : UNLIMITED;
  }
}
