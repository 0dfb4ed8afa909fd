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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.FreeBytes;
import org.spoolway.layout.EntryName;
import org.spoolway.layout.SpoolDir;
import org.spoolway.wording.Printable;

/**
 * Claimed entries below {@code processing/}, each in a fresh directory of its own, so that the
 * rename, which is the whole claim, can never replace another entry.
 *
 * <pre>
 * ticket = epoch-millis "." counter "." origin
 * </pre>
 */
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private static final Pattern TICKET = Pattern.compile("(\\d{13})\\.\\d{6,9}\\.(.+)");
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** So many entries that cannot be moved are passed over; their writer may make more. */
  private static final int MOST_REMEMBERED = 10_000;

  /** After so long it is tried again whether they can be moved. */
  private static final Duration PASSED_OVER = Duration.ofMinutes(1);

  private final SpoolDir spool;
  private final Set<Path> unmovable = new HashSet<>();
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

  /** Whether an entry could not be moved a short while ago, and need not be tried again yet. */
  boolean isUnmovable(Path entry) {
    if (System.nanoTime() - triedNanos > PASSED_OVER.toNanos()) {
      unmovable.clear();
      triedNanos = System.nanoTime();
    }
    return unmovable.contains(entry);
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
   * behind it; our own directory was just written to, so that only a full disk is ours.
   */
  private void leaveAlone(Path entry, FileSystemException cannotBeMoved) throws IOException {
    if (FreeBytes.of(spool.processing()) == 0) {
      throw cannotBeMoved;
    }
    if (unmovable.size() < MOST_REMEMBERED && unmovable.add(entry)) {
      String shown = Printable.line(entry.toString());
      LOG.warn("cannot claim {}: {}; it is left alone", shown, cannotBeMoved.getReason());
    }
  }

  /** Claims that an earlier runner took and that nobody knows, in the order of their tickets. */
  List<Claim> leftOver(Set<String> known, Instant now) throws IOException {
    List<Claim> claims = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(spool.processing())) {
      for (Path directory : directories) {
        Matcher ticket = TICKET.matcher(name(directory));
        if (!ticket.matches()) {
          LOG.warn("{} is not a claim; it is left alone", Printable.line(directory.toString()));
        } else if (!known.contains(ticket.group())) {
          leftOver(directory, ticket, now).ifPresent(claims::add);
        }
      }
    }
    claims.sort((a, b) -> a.ticket().compareTo(b.ticket()));
    return claims;
  }

  private static Optional<Claim> leftOver(Path directory, Matcher ticket, Instant now)
      throws IOException {
    boolean empty = true;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        empty = false;
        Optional<EntryName> meaning = EntryName.parse(name(file));
        if (meaning.isPresent()) {
          FileTime changed =
              (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
          Instant arrival = changed.toInstant().isBefore(now) ? changed.toInstant() : now;
          Instant named = meaning.get().time();
          Instant time = named != null && named.isBefore(arrival) ? named : arrival;
          OrderKey order = new OrderKey(time, name(file));
          Instant claimedAt = Instant.ofEpochMilli(Long.parseLong(ticket.group(1)));
          return Optional.of(
              new Claim(
                  ticket.group(), ticket.group(2), file, meaning.get(), arrival, claimedAt, order));
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

  /** Removes a claim whose result is told. */
  void remove(String ticket) throws IOException {
    Path directory = spool.claim(ticket);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
