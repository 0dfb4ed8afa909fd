package org.spoolway.host.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The host's processes, read from {@code /proc}. One that ends while it is read is simply absent.
 */
class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /** The process of that number, zombies included. */
  Optional<ProcessEntry> find(long pid) {
    return read(pid, "stat")
        .flatMap(stat -> ProcessEntry.parse(new String(stat, StandardCharsets.ISO_8859_1)));
  }

  /** All processes, zombies included. */
  List<ProcessEntry> all() {
    return pids().stream().flatMap(pid -> find(pid).stream()).toList();
  }

  /** The numbers of all processes, zombies included. */
  NavigableSet<Long> pids() {
    NavigableSet<Long> pids = new TreeSet<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(PROC, "[1-9]*")) {
      names.forEach(name -> pids.add(Long.valueOf(name.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the processes of this host", e);
    }
    return pids;
  }

  /** Whether this very process runs now. */
  boolean isAlive(ProcessEntry entry) {
    return find(entry.pid()).filter(entry::isSameAs).filter(ProcessEntry::isAlive).isPresent();
  }

  /**
   * Whether a process was started with this entry in its environment.
   *
   * @param cookie {@code NAME=value}
   */
  boolean carries(ProcessEntry entry, String cookie) {
    return read(entry.pid(), "environ")
        .filter(environment -> contains(environment, cookie.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  /**
   * Whether a descriptor of a process leads to this file, or to one that it has replaced since.
   * Another container's file may have the same name, so the name alone proves nothing.
   *
   * @param file named as the kernel does
   */
  boolean holds(ProcessEntry entry, int descriptor, Path file) {
    Path held = PROC.resolve(entry.pid() + "/fd/" + descriptor);
    try {
      Path target = Files.readSymbolicLink(held);
      return target.equals(file)
          ? Files.isSameFile(held, file)
          : target.equals(deleted(file)) && device(held).equals(device(file));
    } catch (IOException endedOrAnotherUsers) {
      return false;
    }
  }

  /** How the kernel shows a file that is open but has lost its name. */
  private static Path deleted(Path file) {
    return file.resolveSibling(file.getFileName() + " (deleted)");
  }

  private static Object device(Path file) throws IOException {
    return Files.getAttribute(file, "unix:dev");
  }

  /** The pipe that a process prints to; empty when it prints elsewhere or cannot be looked at. */
  Optional<String> pipe(long pid) {
    return link(pid, "fd/1").filter(target -> target.startsWith("pipe:["));
  }

  /** Whether a process prints to this pipe, as output or as error. */
  boolean printsTo(ProcessEntry entry, String pipe) {
    return Stream.of("fd/1", "fd/2")
        .anyMatch(name -> link(entry.pid(), name).filter(pipe::equals).isPresent());
  }

  /** Asks a process to end (SIGTERM), unless it ended already. */
  void terminate(ProcessEntry entry) {
    signal(entry, ProcessHandle::destroy);
  }

  /** Kills a process (SIGKILL), unless it ended already. */
  void kill(ProcessEntry entry) {
    signal(entry, ProcessHandle::destroyForcibly);
  }

  /** The random name of the time since the machine was started. */
  static String bootId() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }

  /**
   * A handle signals only the process that had the number when the handle was made; that this was
   * the one meant is looked up after that.
   */
  private void signal(ProcessEntry entry, Consumer<ProcessHandle> signal) {
    ProcessHandle.of(entry.pid()).filter(handle -> isAlive(entry)).ifPresent(signal);
  }

  private static Optional<String> link(long pid, String file) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(pid + "/" + file)).toString());
    } catch (IOException endedOrAnotherUsers) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> read(long pid, String file) {
    try {
      return Optional.of(Files.readAllBytes(PROC.resolve(pid + "/" + file)));
    } catch (IOException endedOrAnotherUsers) {
      return Optional.empty();
    }
  }

  private static boolean contains(byte[] environment, byte[] cookie) {
    int start = 0;
    for (int i = 0; i <= environment.length; i++) {
      if (i == environment.length || environment[i] == 0) {
        if (Arrays.equals(environment, start, i, cookie, 0, cookie.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}
