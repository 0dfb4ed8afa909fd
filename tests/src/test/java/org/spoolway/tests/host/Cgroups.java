package org.spoolway.tests.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.tests.Processes;
import org.spoolway.tests.Until;

/** The cgroups of one container, as {@code tests/host/boot} has listed them in a file. */
record Cgroups(Path list) {

  /** Ends every process in them, and removes them. */
  void clear() {
    Until.isTrue("the end of what is in " + list, this::kill);
    Until.isTrue("the cgroups of " + list + " being removed", this::remove);
  }

  /** Kills what is in them; whether that was nothing. */
  private boolean kill() {
    List<Long> pids = pids();
    pids.forEach(Processes::kill);
    return pids.isEmpty();
  }

  /** All processes in them. */
  List<Long> pids() {
    return innermostFirst().stream().flatMap(cgroup -> pids(cgroup).stream()).toList();
  }

  private static List<Long> pids(File cgroup) {
    try {
      Path file = cgroup.toPath().resolve("cgroup.procs");
      return Files.readAllLines(file).stream().map(Long::valueOf).toList();
    } catch (IOException removedMeanwhile) {
      return List.of();
    }
  }

  /** A cgroup of processes that have just ended can be busy yet. */
  private boolean remove() {
    return innermostFirst().stream().allMatch(File::delete);
  }

  private List<File> innermostFirst() {
    List<File> found = new ArrayList<>();
    try {
      if (Files.exists(list)) {
        Files.readAllLines(list).forEach(path -> collect(new File(path), found));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Unlike a stream of paths, this goes on when a directory is removed meanwhile. */
  private static void collect(File directory, List<File> found) {
    File[] inside = directory.listFiles(File::isDirectory);
    if (inside != null) {
      for (File each : inside) {
        collect(each, found);
      }
      found.add(directory);
    }
  }
}
