package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.spoolway.layout.EntryName;

/** One origin's inbox. Only ever listed and renamed out of; its names are never opened. */
public final class Inbox {

  private final Path directory;

  /** The inbox in a directory. */
  public Inbox(Path directory) {
    this.directory = directory;
  }

  /**
   * A name of the grammar in the inbox.
   *
   * @param path the entry, as the directory gave it
   * @param meaning what its name says
   * @param arrival when it came: its inode's last change, which a rename is
   * @param order its place
   */
  public record Entry(Path path, EntryName meaning, Instant arrival, OrderKey order) {}

  /**
   * What lies in the inbox.
   *
   * @param entries the first in order, as many as were asked for
   * @param more how many more there are
   * @param ignored how many names are outside the grammar, or of what cannot be moved
   * @param late how many came while it was being listed; others that came before them may have been
   *     missed, so they are left to the next listing
   */
  public record Listing(List<Entry> entries, int more, int ignored, int late) {}

  /**
   * Lists the first entries in order; memory is bounded by the limit, not by what lies there.
   *
   * @param limit how many entries at most
   * @param clock whose present nothing arrives after
   */
  public Listing list(int limit, Clock clock) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      return list(names, any -> false, limit, clock);
    }
  }

  /**
   * Lists the entries of the inbox as it was opened.
   *
   * @param unmovable what would only stand in the way of others
   */
  static Listing list(
      DirectoryStream<Path> names, Predicate<Path> unmovable, int limit, Clock clock)
      throws IOException {
    Instant start = clock.instant();
    Comparator<Entry> order = Comparator.comparing(Entry::order);
    PriorityQueue<Entry> first = new PriorityQueue<>(order.reversed());
    int more = 0;
    int ignored = 0;
    int late = 0;
    try {
      for (Path path : names) {
        Optional<EntryName> meaning = EntryName.parse(path.getFileName().toString());
        if (meaning.isEmpty() || unmovable.test(path)) {
          ignored++;
        } else {
          Optional<Instant> changed = changed(path);
          if (changed.isPresent() && cameIn(changed.get(), start, clock)) {
            late++;
          } else if (changed.isPresent()) {
            first.add(entry(path, meaning.get(), earlier(changed.get(), start)));
          }
          if (first.size() > limit) {
            first.remove();
            more++;
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    List<Entry> sorted = new ArrayList<>(first);
    Collections.sort(sorted, order);
    return new Listing(sorted, more, ignored, late);
  }

  /** A time that is still to come is that of a clock which was set back, and counts as now. */
  private static boolean cameIn(Instant changed, Instant start, Clock clock) {
    return changed.isAfter(start) && !changed.isAfter(clock.instant());
  }

  private static Optional<Instant> changed(Path path) throws IOException {
    try {
      FileTime changed =
          (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(changed.toInstant());
    } catch (FileSystemException goneOrHidden) {
      return Optional.empty();
    }
  }

  private static Entry entry(Path path, EntryName meaning, Instant arrival) {
    Instant time = meaning.time() == null ? arrival : earlier(meaning.time(), arrival);
    OrderKey order = new OrderKey(time, path.getFileName().toString());
    return new Entry(path, meaning, arrival, order);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
