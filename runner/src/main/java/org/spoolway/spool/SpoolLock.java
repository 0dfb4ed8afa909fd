package org.spoolway.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * The right to work a deployment: a lock of the kernel's, which ends with the process that holds
 * it, however that ends. The file is opened once, for closing any channel on it would drop the
 * lock.
 */
public final class SpoolLock implements Closeable {

  private static final int TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final FileChannel channel;

  private SpoolLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock and writes down who holds it.
   *
   * @throws ProblemException {@code BUSY}, naming the holder, its user and since when
   */
  public static SpoolLock take(Path file, String deployment, long pid, String user, Instant now)
      throws ProblemException, IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (!lockSoon(channel)) {
      String holder = new String(read(channel), StandardCharsets.UTF_8).strip();
      channel.close();
      throw new ProblemException(
          Problem.BUSY,
          "cannot work deployment "
              + deployment
              + ": "
              + (holder.isEmpty() ? "another runner holds it" : holder));
    }
    String holder = "the runner with pid " + pid + " of user " + user + " has held it since " + now;
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    return new SpoolLock(channel);
  }

  /** Whether some living runner holds the lock; for people, since it may change at once. */
  public static boolean isHeld(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      return lock == null;
    }
  }

  /** Whoever looks whether it is held has it for an instant, which must not end a runner. */
  private static boolean lockSoon(FileChannel channel) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (lock(channel) != null) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    return false;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(512);
    channel.read(buffer, 0);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
