package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;

/**
 * Keeps others away from a part of the state directory: beside the runner a plan may be made, or
 * {@code doctor} may look. The kernel lets go of it when its process ends, in whatever way.
 */
public final class ProcessLock implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else holds it, and takes it.
   *
   * @param file which is made; its directory, too
   * @param action what cannot be done when it is asked to end meanwhile
   * @throws ProblemException {@code INTERRUPTED}
   */
  public static ProcessLock take(Path file, String action, Interruption interruption)
      throws ProblemException, IOException {
    Files.createDirectories(
        file.resolveSibling(""),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (tried(channel) == null) {
        interruption.await(LOOK);
        interruption.check(action);
      }
      return new ProcessLock(channel);
    } catch (ProblemException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Says that what follows must be done by whoever holds it alone. */
  public void require() {
    if (!channel.isOpen()) {
      throw new IllegalStateException("it was let go of");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
