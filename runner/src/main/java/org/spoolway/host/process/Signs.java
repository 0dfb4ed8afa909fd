package org.spoolway.host.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.StateDir;

/**
 * By what the processes of one deployment are known, whoever looks and whenever: each sign alone is
 * enough.
 *
 * @param cookie {@code NAME=value}, which they were started with in their environment
 * @param input the file that they have as standard input and nobody else has; named as the kernel
 *     does
 * @param log the file that they have as output or error, though others may read it; named as the
 *     kernel does; null when they print elsewhere
 */
record Signs(String cookie, Path input, @Nullable Path log) {

  private static final int INPUT = 0;
  private static final List<Integer> OUTPUTS = List.of(1, 2);

  /** The signs of the commands of a deployment's jobs; the mark is its state directory. */
  static Signs ofCommands(String mark) {
    StateDir state = new StateDir(Path.of(mark));
    return new Signs(Launcher.MARK + "=" + mark, named(state.commandInput()), null);
  }

  /** The signs of a start of a deployment's service; but for the cookie, of all its starts. */
  static Signs ofService(StateDir state, String cookie) {
    return new Signs(cookie, named(state.serviceInput()), named(state.serviceLog()));
  }

  /** Whether a process has one. */
  boolean areOn(ProcessEntry entry, ProcessTable table) {
    return table.carries(entry, cookie)
        || table.holds(entry, INPUT, input)
        || (log != null && OUTPUTS.stream().anyMatch(fd -> table.holds(entry, fd, log)));
  }

  /**
   * The name under which the kernel shows an open file. The file itself must be no link: where it
   * is led to {@code /dev/null}, half of the host would hold it.
   */
  private static Path named(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    try {
      return absolute.resolveSibling("").toRealPath().resolve(absolute.getFileName());
    } catch (IOException nothingIsThere) {
      return absolute;
    }
  }
}
