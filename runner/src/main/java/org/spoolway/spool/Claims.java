package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;
import org.spoolway.layout.EntryName;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.Ticket;
import org.spoolway.wording.Printable;

/**
 * Claimed entries below {@code processing/}, each in a fresh directory of its own, so that the
 * rename, which is the whole claim, can never replace another entry. Its name is a {@link Ticket}.
 */
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** So many entries that cannot be moved are remembered; their writer may make more. */
  private static final int MOST_REMEMBERED = 10_000;

  /** A disk may fail once and then again not; until so many tries an entry keeps its place. */
  private static final int TRIES = 3;

  /** After so long it is tried again what could not be moved or removed. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final SpoolDir spool;
  private final Map<Path, Integer> failures = new HashMap<>();
  private final Set<String> unremoved = ConcurrentHashMap.newKeySet();
  private long triedNanos = System.nanoTime();
  private int counter;

  Claims(SpoolDir spool) {
    this.spool = spool;
  }

  /**
   * Takes an entry, or nothing when its writer was quicker.
   *
   * @param inbox where it lies
   * @param processing where claims are kept
   */
  Optional<Claim> take(
      String origin,
      Inbox.Entry entry,
      OpenDirectory inbox,
      OpenDirectory processing,
      Instant present)
      throws IOException {
    Instant now = present.truncatedTo(ChronoUnit.MILLIS);
    Path directory = freshDirectory(now, origin);
    Path file = directory.resolve(entry.path().getFileName());
    try {
      inbox.move(entry.path().getFileName(), processing, spool.processing().relativize(file));
    } catch (NoSuchFileException takenBack) {
      Files.delete(directory);
      return Optional.empty();
    } catch (FileSystemException cannotBeMoved) {
      Files.delete(directory);
      leaveAlone(entry.path(), cannotBeMoved);
      return Optional.empty();
    }
    return Optional.of(
        new Claim(
            name(directory), origin, file, entry.meaning(), entry.arrival(), now, entry.order()));
  }

  /** Whether an entry could not be moved time and again, and need not be tried again yet. */
  boolean isUnmovable(Path entry) {
    return failures.getOrDefault(entry, 0) >= TRIES;
  }

  /** Whether an entry could not be moved, and should be tried again before those behind it. */
  boolean isToBeTriedAgain(Path entry) {
    int tries = failures.getOrDefault(entry, 0);
    return tries > 0 && tries < TRIES;
  }

  /** A clock that was set back brings tickets again that are in use. */
  private Path freshDirectory(Instant now, String origin) throws IOException {
    while (true) {
      String time = padded(now.toEpochMilli(), 13);
      Path directory = spool.claim(time + "." + padded(counter++, 6) + "." + origin);
      try {
        return Files.createDirectory(directory, PRIVATE);
      } catch (FileAlreadyExistsException used) {
        LOG.debug("{} is in use; taking another", directory);
      }
    }
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /**
   * A mount point, or a directory that its owner closed, cannot be moved. That must stop nobody
   * behind it; our own directory was just written to, so that all but a full disk is most likely
   * its own.
   */
  private void leaveAlone(Path entry, FileSystemException cannotBeMoved) throws IOException {
    requireSpace(cannotBeMoved);
    boolean isRemembered = failures.size() < MOST_REMEMBERED || failures.containsKey(entry);
    if (isRemembered && failures.merge(entry, 1, Integer::sum) == 1) {
      String shown = Printable.line(entry.toString());
      LOG.warn("cannot claim {}: {}; it is left alone", shown, cannotBeMoved.getReason());
    }
  }

  /** Passes an error on that is the full disk's, and no entry's own. */
  void requireSpace(FileSystemException failed) throws IOException {
    if (FreeBytes.of(spool.processing()) == 0) {
      throw failed;
    }
  }

  /** Claims that an earlier runner took and that nobody knows, in the order of their tickets. */
  List<Claim> leftOver(Set<String> known, Instant now) throws IOException {
    List<Claim> claims = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(spool.processing())) {
      for (Path directory : directories) {
        Optional<Ticket> ticket = Ticket.parse(name(directory));
        if (ticket.isEmpty()) {
          LOG.warn("{} is not a claim; it is left alone", Printable.line(directory.toString()));
        } else if (!known.contains(name(directory))) {
          leftOver(directory, ticket.get(), now).ifPresent(claims::add);
        }
      }
    }
    claims.sort((a, b) -> a.ticket().compareTo(b.ticket()));
    return claims;
  }

  private static Optional<Claim> leftOver(Path directory, Ticket ticket, Instant now)
      throws IOException {
    boolean empty = true;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        empty = false;
        Optional<EntryName> meaning = EntryName.parse(name(file));
        if (meaning.isPresent()) {
          Instant arrival = arrival(file, ticket.claimedAt(), now);
          Instant named = meaning.get().time();
          Instant time = named != null && named.isBefore(arrival) ? named : arrival;
          OrderKey order = new OrderKey(time, name(file));
          return Optional.of(
              new Claim(
                  name(directory),
                  ticket.origin(),
                  file,
                  meaning.get(),
                  arrival,
                  ticket.claimedAt(),
                  order));
        }
      }
    }
    if (empty) {
      Files.delete(directory);
    } else {
      LOG.warn("{} holds no request; it is left alone", directory);
    }
    return Optional.empty();
  }

  /** One that something was mounted on does not say when it came. */
  private static Instant arrival(Path file, Instant claimedAt, Instant now) {
    try {
      FileTime changed =
          (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return changed.toInstant().isBefore(now) ? changed.toInstant() : now;
    } catch (IOException unknown) {
      return claimedAt;
    }
  }

  /** Puts a refused entry where people can look at it, as it is; a rename opens nothing. */
  void putAside(Claim claim, Path target) throws IOException {
    Files.move(claim.file(), target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(spool.claim(claim.ticket()));
  }

  /** Whether a claim's file is still there. */
  boolean isTaken(String ticket) throws IOException {
    Path directory = spool.claim(ticket);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      return files.iterator().hasNext();
    }
  }

  /**
   * Removes a claim that has become a job, or whose result is told. It may be gone already, and
   * another thread may be at it. One that cannot be removed is tried again later: its request is
   * known, so that it is not carried out again.
   */
  void remove(String ticket) throws IOException {
    try {
      removeNow(ticket);
      unremoved.remove(ticket);
    } catch (FileSystemException failed) {
      if (unremoved.add(ticket)) {
        LOG.warn("cannot remove claim {}: {}; trying again later", ticket, failed.toString());
      }
    }
  }

  /** To be called again and again: tries anew, now and then, what could not be done. */
  void tryAgain() throws IOException {
    if (System.nanoTime() - triedNanos < PAUSE.toNanos()) {
      return;
    }
    triedNanos = System.nanoTime();
    failures.replaceAll((path, tries) -> Math.min(tries, TRIES - 1));
    for (String ticket : List.copyOf(unremoved)) {
      remove(ticket);
    }
  }

  private void removeNow(String ticket) throws IOException {
    Path directory = spool.claim(ticket);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
    Files.deleteIfExists(directory);
  }
}
