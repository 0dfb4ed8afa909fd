package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The host's processes, as /proc shows them. */
public final class Processes {

  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /**
   * The living processes that belong to a directory: they work in it, were started with its name,
   * or have it in their environment. Zombies have neither and do not count.
   */
  public static List<Long> of(Path directory) {
    List<Long> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .filter(pid -> pid != ProcessHandle.current().pid())
          .filter(pid -> belongs(pid, directory.toString()))
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean belongs(long pid, String directory) {
    return read(pid, "environ").contains(directory)
        || read(pid, "cmdline").contains(directory)
        || workingDirectory(pid).startsWith(directory);
  }

  private static String workingDirectory(long pid) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).toString();
    } catch (IOException ended) {
      return "";
    }
  }

  private static String read(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/" + file));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /** What a process was started as, for messages. */
  public static String describe(long pid) {
    return pid + " " + read(pid, "cmdline").replace('\0', ' ').strip();
  }

  /** Whether a process is there and not a zombie. */
  public static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
  }

  private static boolean isZombie(long pid) {
    return state(read(pid, "stat")) == 'Z';
  }

  /** Whether a signal has stopped all threads of a process. */
  static boolean isStopped(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
      return threads.allMatch(
          thread -> state(read(pid, "task/" + thread.getFileName() + "/stat")) == 'T');
    }
  }

  /** The letter after the name, which may hold anything; a blank for a process that is gone. */
  private static char state(String stat) {
    int name = stat.lastIndexOf(')');
    return name >= 0 ? stat.charAt(name + 2) : ' ';
  }

  /** Ends a process at once. */
  public static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
