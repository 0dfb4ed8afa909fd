package org.spoolway.host.process;

import java.util.Optional;

/**
 * One process as {@code /proc/PID/stat} shows it.
 *
 * @param pid its number, which the kernel gives to others later
 * @param parent the number of its parent
 * @param session the number of its session's leader
 * @param state the kernel's letter for what it does
 * @param startTicks when it started, in clock ticks since boot; with the pid it names it for good
 */
record ProcessEntry(long pid, long parent, long session, char state, long startTicks) {

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int SESSION = 3;
  private static final int START_TICKS = 19;

  /** Reads the line; empty when it is not one. */
  static Optional<ProcessEntry> parse(String stat) {
    // The name in parentheses may hold anything, parentheses and line ends too.
    int open = stat.indexOf(" (");
    int close = stat.lastIndexOf(") ");
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 2).split(" ", START_TICKS + 2);
    if (fields.length <= START_TICKS) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessEntry(
            Long.parseLong(stat.substring(0, open)),
            Long.parseLong(fields[PARENT]),
            Long.parseLong(fields[SESSION]),
            fields[STATE].charAt(0),
            Long.parseLong(fields[START_TICKS])));
  }

  /** Whether it still runs: a zombie only waits for its parent to notice. */
  boolean isAlive() {
    return state != 'Z' && state != 'X' && state != 'x';
  }

  /** Whether both are one process and not two that had the same number. */
  boolean isSameAs(ProcessEntry other) {
    return pid == other.pid && startTicks == other.startTicks;
  }
}
