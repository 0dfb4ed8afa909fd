package org.spoolway.host.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;

/**
 * Which commands copy the data of a deployment, and where they are found.
 *
 * @param deployment the deployment's name
 * @param commands as the deployment file has them
 * @param application where the application lies; a program with a slash is taken relative to its
 *     root
 * @param state the runner's own state of the deployment
 * @param path where other programs are looked for, as {@code PATH} has it; empty for the usual
 *     directories
 */
public record CommandSettings(
    String deployment,
    CopyCommands commands,
    ApplicationDir application,
    StateDir state,
    String path) {

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** A command whose program is found wherever it is run. */
  List<String> line(List<String> words) {
    List<String> line = new ArrayList<>(words);
    if (line.get(0).contains("/")) {
      line.set(0, application.root().resolve(line.get(0)).normalize().toString());
    }
    return List.copyOf(line);
  }

  /** Whether the program of a command is to be found. */
  boolean isThere(List<String> words) {
    String program = line(words).get(0);
    Stream<String> places =
        program.startsWith("/") ? Stream.of("/") : Arrays.stream(searched().split(":", -1));
    try {
      return places
          .filter(place -> !place.isEmpty())
          .map(place -> Path.of(place).resolve(program))
          .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** What to say when it is not. */
  String whatIsMissing(List<String> words) {
    String program = line(words).get(0);
    return program.startsWith("/")
        ? "there is no executable file " + program
        : "there is no program " + program + " on PATH (" + searched() + ")";
  }

  private String searched() {
    return path.isEmpty() ? USUAL_PATH : path;
  }
}
