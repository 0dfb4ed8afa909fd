package org.spoolway.host.systemd;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spoolway.host.Accounts;
import org.spoolway.host.Commands.Command;

/**
 * What is plain of a command before it is started. Afterwards there is only an exit status, which
 * the command could have given itself.
 *
 * @param path the value of {@code PATH}, or empty for the usual directories
 */
record Feasibility(Command command, String path) {

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  static Feasibility of(Command command, String path) {
    String set = command.environment().getOrDefault("PATH", path);
    return new Feasibility(command, set.isEmpty() ? USUAL_PATH : set);
  }

  /** Why it cannot run; empty when nothing is known against it. */
  Optional<String> whyNot(Accounts accounts) {
    if (command.arguments().isEmpty()) {
      return Optional.of("the command is empty");
    }
    if (command.arguments().stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      return Optional.of("an argument has a null character");
    }
    if (!Files.isDirectory(command.directory())) {
      return Optional.of("there is no directory " + command.directory());
    }
    String user = command.user();
    if (user != null && accounts.primaryGroup(user).isEmpty()) {
      return Optional.of("there is no user " + user + " on this host");
    }
    String program = command.arguments().get(0);
    return isThere(program) ? Optional.empty() : Optional.of(missing(program));
  }

  private String missing(String program) {
    return program.contains("/")
        ? "there is no executable file " + program + " in " + command.directory()
        : "there is no program " + program + " on PATH (" + path + ")";
  }

  private boolean isThere(String program) {
    List<String> places = program.contains("/") ? List.of(".") : Arrays.asList(path.split(":", -1));
    try {
      return places.stream()
          .map(place -> command.directory().resolve(place).resolve(program))
          .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
