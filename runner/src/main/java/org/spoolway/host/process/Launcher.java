package org.spoolway.host.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds what starts a program in a session of its own; starts nothing itself. */
final class Launcher {

  /** Names the job in the environment of all that a command starts. */
  static final String MARK = "SPOOLWAY_STATE_DIRECTORY";

  /** Names the start in the environment of all that a service starts. */
  static final String SERVICE = "SPOOLWAY_SERVICE";

  /**
   * What belongs to the runner itself: handed on, it would make a child pass for someone else's.
   */
  private static final List<String> NOT_INHERITED =
      List.of(
          MARK,
          SERVICE,
          "SPOOLWAY_HOME",
          "NOTIFY_SOCKET",
          "WATCHDOG_PID",
          "WATCHDOG_USEC",
          "LISTEN_PID",
          "LISTEN_FDS",
          "LISTEN_FDNAMES",
          "INVOCATION_ID",
          "JOURNAL_STREAM",
          "SYSTEMD_EXEC_PID");

  private final Map<String, String> amendments;

  /** One whose children inherit this process's environment, but for what is the runner's alone. */
  Launcher() {
    this(Map.of());
  }

  /**
   * One for tests, which cannot change their own environment.
   *
   * @param amendments what this process's environment has on top
   */
  Launcher(Map<String, String> amendments) {
    this.amendments = Map.copyOf(amendments);
  }

  /**
   * A builder with output and error joined; where they go, and what is read, is still to be said.
   *
   * @param arguments program and arguments
   * @param directory the working directory
   * @param environment set on top of what is inherited
   * @param account whom to run it as
   * @throws Unstartable when it is plain beforehand that it cannot run
   */
  ProcessBuilder prepare(
      List<String> arguments, Path directory, Map<String, String> environment, RunAs account)
      throws Unstartable {
    if (arguments.isEmpty()) {
      throw new Unstartable("the command is empty");
    }
    if (!Files.isDirectory(directory)) {
      throw new Unstartable("there is no directory " + directory);
    }
    ProcessBuilder builder = new ProcessBuilder();
    setEnvironment(builder.environment(), environment, account);
    Programs programs = new Programs(builder.environment().getOrDefault("PATH", ""));
    List<String> line = new ArrayList<>();
    line.addAll(List.of(programs.tool("setsid", "util-linux"), "--"));
    if (!account.options().isEmpty()) {
      line.add(programs.tool("setpriv", "util-linux"));
      line.addAll(account.options());
      line.add("--");
    }
    programs.require(arguments.get(0), directory);
    line.addAll(arguments);
    return builder.command(line).directory(directory.toFile()).redirectErrorStream(true);
  }

  private void setEnvironment(
      Map<String, String> target, Map<String, String> environment, RunAs account)
      throws Unstartable {
    try {
      target.putAll(amendments);
      target.keySet().removeAll(NOT_INHERITED);
      target.putAll(account.environment());
      target.putAll(environment);
    } catch (IllegalArgumentException e) {
      throw new Unstartable("its environment cannot be set: " + e.getMessage());
    }
  }
}
