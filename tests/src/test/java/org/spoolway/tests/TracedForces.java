package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a runner forced to the disk and renamed, in order, as {@code strace} saw it: {@code force
 * PATH} and {@code rename TO}, with paths below the home. Calls count when they have ended.
 */
final class TracedForces {

  private static final String CALLS =
      "fsync,fdatasync,sync_file_range,syncfs,rename,renameat,renameat2";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern UNFINISHED = Pattern.compile("(.*) <unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern FORCE =
      Pattern.compile("(?:fsync|fdatasync|sync_file_range)\\(\\d+<(.*?)>.*\\) += 0.*");
  private static final Pattern FORCE_ALL = Pattern.compile("syncfs\\(\\d+<(.*?)>\\) += 0.*");
  private static final Pattern RENAME =
      Pattern.compile(
          "rename(?:at2?)?\\(.*?, (?:(?:AT_FDCWD|\\d+)<([^>]*)>, )?\"([^\"]+)\"(?:, \\w+)?\\) += 0.*");
  private static final Pattern TICKET = Pattern.compile("\\d{13}\\.\\d{6,9}\\.\\w+");

  private final Path home;
  private final Path trace;

  /** A trace in a home. */
  TracedForces(Path home) {
    this.home = home;
    this.trace = home.resolve("trace");
  }

  /** A command line that runs another under this trace, as the process that it would be without. */
  List<String> of(List<String> command) {
    List<String> traced = new ArrayList<>();
    traced.addAll(List.of("strace", "-D", "-f", "-y", "-s", "4096", "-qq", "-e", "signal=none"));
    traced.addAll(List.of("-e", "trace=" + CALLS, "-o", trace.toString()));
    traced.addAll(command);
    return traced;
  }

  /** How much there is up to now. */
  int size() {
    return all().size();
  }

  /** All since there was so much, each claim and journal by the word {@code TICKET}. */
  List<String> since(int size) {
    List<String> all = all();
    return all.subList(size, all.size());
  }

  private List<String> all() {
    List<String> found = new ArrayList<>();
    Map<String, String> begun = new HashMap<>();
    for (String line : lines()) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        whole(parts.group(1), parts.group(2), begun).flatMap(this::event).ifPresent(found::add);
      }
    }
    return found;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(trace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call that another thread's came between stands in two pieces. */
  private static Optional<String> whole(String thread, String call, Map<String, String> begun) {
    Matcher unfinished = UNFINISHED.matcher(call);
    if (unfinished.matches()) {
      begun.put(thread, unfinished.group(1));
      return Optional.empty();
    }
    Matcher resumed = RESUMED.matcher(call);
    return Optional.of(
        resumed.matches() ? begun.getOrDefault(thread, "") + resumed.group(1) : call);
  }

  private Optional<String> event(String call) {
    Matcher force = FORCE.matcher(call);
    if (force.matches()) {
      return Optional.of("force " + shown(force.group(1)));
    }
    Matcher all = FORCE_ALL.matcher(call);
    if (all.matches()) {
      return Optional.of("force all of the disk of " + shown(all.group(1)));
    }
    Matcher rename = RENAME.matcher(call);
    if (!rename.matches()) {
      return Optional.empty();
    }
    boolean below = rename.group(1) != null && !rename.group(2).startsWith("/");
    String target = below ? rename.group(1) + "/" + rename.group(2) : rename.group(2);
    return Optional.of("rename " + shown(target));
  }

  private String shown(String path) {
    String below =
        path.startsWith(home + "/") ? path.substring(home.toString().length() + 1) : path;
    return TICKET.matcher(below).replaceAll("TICKET");
  }
}
