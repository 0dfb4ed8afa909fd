package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a job that is over must not leave. */
final class Leftovers {

  private Leftovers() {}

  /** Nothing is left of a job: neither files nor processes, but the runner and the application. */
  static void assertNone(Home home, SampleApplication application, Runner runner) {
    assertNone(home, application, runner.pid());
  }

  /** The same, when no runner is there either. */
  static void assertNone(Home home, SampleApplication application) {
    assertNone(home, application, ProcessHandle.current().pid());
  }

  private static void assertNone(Home home, SampleApplication application, long runner) {
    Until.isTrue(
        "claims and journals being gone: " + files(home, application),
        () -> files(home, application).isEmpty());
    long serving = application.pid();
    // The runner may be asking a short command something, such as how many inodes are free.
    Until.isTrue(
        "no process being left",
        () -> Processes.of(home.path()).stream().allMatch(pid -> pid == runner || pid == serving));
  }

  private static List<String> files(Home home, SampleApplication application) {
    List<String> left = new ArrayList<>();
    Path spool = home.spool(application.name()).directory();
    Path state = home.state(application.name());
    left.addAll(below(spool.resolve("processing")));
    left.addAll(
        below(spool.resolve("incoming")).stream()
            .filter(path -> !Files.isDirectory(Path.of(path)))
            .toList());
    left.addAll(below(state.resolve("journals")));
    left.addAll(
        below(spool.resolve("results")).stream()
            .filter(path -> isTemporary(Path.of(path).getFileName().toString()))
            .toList());
    Stream.of(spool, state, application.root(), application.root().resolve("shared"))
        .flatMap(directory -> names(directory).stream())
        .filter(path -> isTemporary(path.getFileName().toString()))
        .forEach(path -> left.add(path.toString()));
    names(application.root().resolve("releases")).stream()
        .filter(release -> !Files.exists(release.resolve(".spoolway-manifest")))
        .forEach(path -> left.add(path + " is not sealed"));
    names(application.root().resolve("snapshots")).stream()
        .filter(snapshot -> !Files.exists(snapshot.resolve("about.json")))
        .forEach(path -> left.add(path + " is not complete"));
    left.addAll(application.data().strays(application.root().resolve("snapshots")));
    below(state.resolve("mirror.git")).stream()
        .filter(Leftovers::isUnfinishedGit)
        .forEach(left::add);
    return left;
  }

  private static boolean isTemporary(String name) {
    return Set.of("maintenance", "rehearsal", "broken.journal").contains(name)
        || name.startsWith(".")
        || name.endsWith(".tmp")
        || name.endsWith("-journal")
        || name.startsWith("damaged.");
  }

  private static boolean isUnfinishedGit(String path) {
    String name = Path.of(path).getFileName().toString();
    return name.endsWith(".lock") || name.startsWith("tmp_") || name.startsWith("incoming_");
  }

  private static List<Path> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> below(Path directory) {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      return entries.filter(path -> !path.equals(directory)).map(Path::toString).toList();
    } catch (IOException | UncheckedIOException changing) {
      return List.of(directory + " is changing");
    }
  }
}
