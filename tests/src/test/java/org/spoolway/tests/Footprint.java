package org.spoolway.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a living runner holds of its host.
 *
 * @param files how many files it has open
 * @param threads how many threads it has
 * @param heap bytes of the objects that a full collection leaves
 */
record Footprint(long pid, long files, long threads, long heap) {

  private static final int FEW = 2;
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin/jcmd");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /** The footprint of a process of Java's. */
  static Footprint of(Runner runner) throws IOException {
    String pid = Long.toString(runner.pid());
    Path host = Path.of("/proc", pid);
    // Asking costs the runner a thread and a socket, once: so they are counted behind it.
    String histogram = Program.output(host, JCMD.toString(), pid, "GC.class_histogram");
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new AssertionError("no total in\n" + histogram);
    }
    long heap = Long.parseLong(total.group(1));
    return new Footprint(
        runner.pid(), count(host.resolve("fd")), count(host.resolve("task")), heap);
  }

  /** Whether a process has no more threads by now than come and go by themselves. */
  boolean hasAsManyThreads(Runner runner) throws IOException {
    return count(Path.of("/proc", Long.toString(runner.pid()), "task")) <= threads + FEW;
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }

  /** Whether a later footprint is the same but for what comes and goes by itself. */
  boolean isFlatAgainst(Footprint before) {
    return pid == before.pid()
        && files <= before.files() + FEW
        && threads <= before.threads() + FEW
        && heap <= before.heap() + (1 << 20);
  }
}
