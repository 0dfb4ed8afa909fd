package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the client programs are. Debian keeps those of each major version in a directory of its own
 * and puts scripts into {@code PATH} that choose one, which takes longer than what they then do;
 * elsewhere {@code PATH} has the programs themselves.
 */
final class Binaries {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private final Path versions;

  Binaries() {
    this(DEBIAN);
  }

  Binaries(Path versions) {
    this.versions = versions;
  }

  /** The newest one, which works with every older server. */
  String newest(String program) throws IOException {
    return newest(program, Integer.MAX_VALUE);
  }

  /**
   * The one of a server's version, or else the next newer one: what it writes that server can read.
   */
  String fitting(String program, int major) throws IOException {
    List<Integer> there = there(program);
    return there.stream()
        .filter(version -> version >= major)
        .min(Comparator.naturalOrder())
        .map(version -> path(program, version))
        .orElseGet(() -> newestOf(program, there));
  }

  private String newest(String program, int most) throws IOException {
    return newestOf(program, there(program).stream().filter(v -> v <= most).toList());
  }

  private String newestOf(String program, List<Integer> there) {
    return there.stream()
        .max(Comparator.naturalOrder())
        .map(version -> path(program, version))
        .orElse(program);
  }

  private String path(String program, int version) {
    return versions.resolve(version + "/bin/" + program).toString();
  }

  private List<Integer> there(String program) throws IOException {
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> names = Files.list(versions)) {
      return names
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.matches("[0-9]{1,4}"))
          .map(Integer::valueOf)
          .filter(version -> Files.isExecutable(Path.of(path(program, version))))
          .toList();
    }
  }
}
