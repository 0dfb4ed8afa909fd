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
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
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
      return new Survey(names, any -> false, limit, clock).goOn(() -> false).orElseThrow();
    }
  }

  /**
   * A listing that can be interrupted: an inbox may have so many names that others would have to
   * wait. What it sees is as of the instant at which it was begun. For one thread at a time.
   */
  static final class Survey {

    /** After so many names it is seen whether others wait. */
    private static final int STRIDE = 256;

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::order);

    private final Iterator<Path> names;
    private final Predicate<Path> unmovable;
    private final int limit;
    private final Clock clock;
    private final Instant start;
    private final PriorityQueue<Entry> first = new PriorityQueue<>(ORDER.reversed());
    private int more;
    private int ignored;
    private int late;

    /**
     * Begins a listing of the inbox as it was opened.
     *
     * @param unmovable what would only stand in the way of others
     */
    Survey(DirectoryStream<Path> names, Predicate<Path> unmovable, int limit, Clock clock) {
      this.names = names.iterator();
      this.unmovable = unmovable;
      this.limit = limit;
      this.clock = clock;
      this.start = clock.instant();
    }

    /** Goes on, and gives the listing once it is whole; empty when it had to yield before. */
    Optional<Listing> goOn(BooleanSupplier mustYield) throws IOException {
      try {
        for (int seen = 1; names.hasNext(); seen++) {
          see(names.next());
          if (seen % STRIDE == 0 && mustYield.getAsBoolean()) {
            return Optional.empty();
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      List<Entry> sorted = new ArrayList<>(first);
      sorted.sort(ORDER);
      return Optional.of(new Listing(sorted, more, ignored, late));
    }

    private void see(Path path) throws IOException {
      Optional<EntryName> meaning = EntryName.parse(path.getFileName().toString());
      if (meaning.isEmpty() || unmovable.test(path)) {
        ignored++;
        return;
      }
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
