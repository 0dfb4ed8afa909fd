package org.spoolway.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * Drops requests into one inbox. When a method returns, the request is on the disk under its final
 * name and the runner will find it, whatever dies next.
 *
 * <p>An inbox can usually be entered and written but not listed (mode 1730). Then its directory
 * cannot be opened to force the new name to the disk; the request's file is forced once more
 * instead, which has the same effect on the journalling file systems in use (ext4, XFS, Btrfs) and
 * is the best that can be done elsewhere.
 */
public final class RequestSubmitter {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> READABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

  private final Path inbox;
  private final Clock clock;

  /**
   * A submitter for one origin.
   *
   * @param inbox the origin's directory, which must exist
   * @param clock gives the time that decides the order of requests
   */
  public RequestSubmitter(Path inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * What was dropped.
   *
   * @param id under which its result will appear
   * @param file where it lay before the runner took it
   */
  public record Submission(RequestId id, Path file) {}

  /** A request that no runner would read; nothing was dropped. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(RequestId id, int bytes) {
      super(
          "cannot drop request "
              + id
              + ": it has "
              + bytes
              + " bytes, and "
              + Request.MAX_BYTES
              + " are allowed");
    }
  }

  /**
   * Drops a request. One without an id gets a fresh one that tells the time.
   *
   * @throws TooLarge when it is larger than {@link Request#MAX_BYTES}
   * @throws IOException when nothing was dropped, or when it was and could not be forced to the
   *     disk
   */
  public Submission submit(Request request) throws IOException {
    Instant now = clock.instant();
    RequestId given = request.id();
    RequestId id = given == null ? FreshId.at(now) : given;
    byte[] content = SchemaJson.pretty(request.withId(id));
    if (content.length > Request.MAX_BYTES) {
      throw new TooLarge(id, content.length);
    }
    for (long time = nanoseconds(now); ; time++) {
      Path file = inbox.resolve(name(time, id + ".json"));
      if (publish(file, content)) {
        return new Submission(id, file);
      }
    }
  }

  /**
   * Drops an empty file whose name says it all. Its result appears under an id that the runner
   * makes from the file's name.
   *
   * @param version the release to go to, or null for the action's own choice
   * @return the file
   * @throws IOException as for {@link #submit}
   */
  public Path touch(Action action, @Nullable Version version) throws IOException {
    String verb = action.wireName() + (version == null ? "" : "@" + version);
    for (long time = nanoseconds(clock.instant()); ; time++) {
      Path file = inbox.resolve(name(time, verb));
      if (create(file)) {
        return file;
      }
    }
  }

  private boolean create(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW, READABLE)) {
      force(channel);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** Whether the name was free. Who holds a draft's name may rename to the final one. */
  private boolean publish(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName());
    try (FileChannel channel = FileChannel.open(draft, NEW, READABLE)) {
      boolean free = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
      if (free) {
        writeAll(channel, content);
        channel.force(true);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        force(channel);
      } else {
        Files.delete(draft);
      }
      return free;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      discard(draft, e);
      throw e;
    }
  }

  private void force(FileChannel written) throws IOException {
    try {
      DurableFiles.forceDirectory(inbox);
    } catch (AccessDeniedException mayOnlyDrop) {
      written.force(true);
    }
  }

  private static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void discard(Path draft, IOException reason) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Nineteen digits whatever the clock shows, since the count of digits tells the unit. */
  private static String name(long time, String rest) {
    return String.format("%019d-%s", time, rest);
  }

  private static long nanoseconds(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
