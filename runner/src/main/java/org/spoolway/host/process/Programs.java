package org.spoolway.host.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks programs up beforehand. Programs are started through others, whose only word for a missing
 * one is an exit status that it could have given itself.
 */
final class Programs {

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final String path;

  /**
   * @param path the value of {@code PATH}, or empty for the usual directories
   */
  Programs(String path) {
    this.path = path.isEmpty() ? USUAL_PATH : path;
  }

  /** A tool of the host's own. */
  String tool(String name, String distributionPackage) throws Unstartable {
    return find(name, Path.of("/"))
        .map(Path::toString)
        .orElseThrow(
            () ->
                new Unstartable(
                    "there is no program " + name + " on PATH; install " + distributionPackage));
  }

  /** Makes sure that a program is there, as seen from a directory. */
  void require(String program, Path directory) throws Unstartable {
    if (find(program, directory).isEmpty()) {
      throw new Unstartable(
          program.contains("/")
              ? "there is no executable file " + program + " in " + directory
              : "there is no program " + program + " on PATH (" + path + ")");
    }
  }

  private Optional<Path> find(String program, Path directory) {
    List<String> places = program.contains("/") ? List.of(".") : Arrays.asList(path.split(":", -1));
    try {
      return places.stream()
          .map(place -> directory.resolve(place).resolve(program))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .map(Path::normalize)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
