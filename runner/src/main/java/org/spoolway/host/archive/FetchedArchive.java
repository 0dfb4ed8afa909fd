package org.spoolway.host.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.ProblemException;

/**
 * The archive that was fetched last, and only that one. Under its name it is whole, and by whom it
 * should be.
 *
 * <pre>
 * archives/KEY-notes-1.2.0.tar.gz           KEY stands for what the source said of its content
 * archives/KEY-notes-1.2.0.tar.gz.arriving  not looked at yet
 * archives.lock                             held while any of them is written or read
 * </pre>
 */
final class FetchedArchive {

  private static final int KEY_LENGTH = 16;

  private final Path directory;

  FetchedArchive(Path directory) {
    this.directory = directory;
  }

  /** Where it lies. */
  Path directory() {
    return directory;
  }

  /**
   * Keeps other processes away from it, and waits until they are.
   *
   * @throws ProblemException {@code INTERRUPTED}
   */
  ProcessLock hold(Errand errand) throws ProblemException, IOException {
    Path lock = directory.resolveSibling(directory.getFileName() + ".lock");
    return ProcessLock.take(lock, errand.action(), errand.interruption());
  }

  /** Where a release's archive is once it was fetched. */
  Path of(Candidate candidate) {
    return directory.resolve(key(candidate) + "-" + candidate.tag());
  }

  /** Makes room for one that is to come; what has come of it already stays. */
  Path arriving(Candidate candidate) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (!file.getFileName()
            .toString()
            .startsWith(arrivingPath(candidate).getFileName() + ".")) {
          Files.delete(file);
        }
      }
    }
    Path arriving = arrivingPath(candidate);
    Files.deleteIfExists(arriving);
    return arriving;
  }

  /** From now on it counts as whole, also after a power cut. */
  void arrived(Candidate candidate) throws IOException {
    Path arriving = arrivingPath(candidate);
    try (FileChannel file = FileChannel.open(arriving, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(arriving, of(candidate), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(directory);
  }

  private Path arrivingPath(Candidate candidate) {
    return directory.resolve(of(candidate).getFileName() + ".arriving");
  }

  private static String key(Candidate candidate) {
    MessageDigest digest = Checksum.digest();
    digest.update(candidate.object().getBytes(StandardCharsets.UTF_8));
    return Checksum.hex(digest).substring(0, KEY_LENGTH);
  }
}
