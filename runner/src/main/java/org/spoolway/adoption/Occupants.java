package org.spoolway.adoption;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.Printable;

/** The processes that work in a directory tree: they could write while it changes hands. */
final class Occupants {

  private final Path tree;
  private final Set<Long> ourselves;

  Occupants(Path tree) {
    this.tree = tree;
    this.ourselves =
        Stream.iterate(
                Optional.of(ProcessHandle.current()),
                Optional::isPresent,
                process -> process.flatMap(ProcessHandle::parent))
            .flatMap(Optional::stream)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
  }

  /**
   * Refuses a tree that some process works in. Those that this one was started by are left alone,
   * such as the shell of an administrator who stands in there.
   *
   * @throws ProblemException {@code ADOPTION_REFUSED}, naming them
   */
  void requireNone() throws ProblemException, IOException {
    Optional<String> found = found();
    if (found.isPresent()) {
      throw Refusal.of(
          found.get(), "Stop the application, and whatever else runs there, then run this again.");
    }
  }

  /** Who they are, as a phrase; empty when there are none. */
  Optional<String> found() throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        OptionalLong pid = occupant(process);
        if (pid.isPresent()) {
          found.add(pid.getAsLong() + " (" + name(process) + ")");
        }
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("processes work in it: " + String.join(", ", found));
  }

  private OptionalLong occupant(Path process) throws IOException {
    long pid = Long.parseLong(process.getFileName().toString());
    boolean inside =
        !ourselves.contains(pid)
            && (leadsInside(process.resolve("cwd"))
                || leadsInside(process.resolve("exe"))
                || hasOpen(process.resolve("fd")));
    return inside ? OptionalLong.of(pid) : OptionalLong.empty();
  }

  /**
   * Of what has ended, and what belongs to others where this is not root, the kernel tells none.
   */
  private boolean leadsInside(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).startsWith(tree);
    } catch (FileSystemException untold) {
      return false;
    }
  }

  private boolean hasOpen(Path descriptors) throws IOException {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        if (leadsInside(link)) {
          return true;
        }
      }
    } catch (FileSystemException | DirectoryIteratorException untold) {
      return false;
    }
    return false;
  }

  private static String name(Path process) throws IOException {
    try {
      return Printable.line(Files.readString(process.resolve("comm")).strip());
    } catch (FileSystemException ended) {
      return "ended by now";
    }
  }
}
