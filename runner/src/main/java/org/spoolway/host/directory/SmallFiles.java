package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.problem.ProblemException;

/**
 * Text files beside candidates.
 *
 * @param copying how what lies there is copied, which others may change meanwhile
 * @param scratch where one is copied to; removed again
 */
record SmallFiles(Copying copying, Path scratch) {

  private static final int MOST_BYTES = 64 << 10;

  /** Reads one; empty when there is none that is plain, and not too long. */
  Optional<byte[]> read(String name) throws ProblemException, IOException {
    CandidateDirectory directory = copying.directory();
    if (!Files.isRegularFile(directory.path().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String action = "read " + directory.path().resolve(name);
    Trees.delete(scratch);
    try {
      new WatchedCopy(copying.patience())
          .run(
              meter -> copy(name, meter),
              abandoned -> new CopyMeter(action, MOST_BYTES, Progress.NONE, abandoned),
              new Interruption());
      return Optional.of(Files.readAllBytes(scratch));
    } catch (UnusableCandidateException | UnsettledException unread) {
      return Optional.empty();
    } finally {
      Trees.delete(scratch);
    }
  }

  private Path copy(String name, CopyMeter meter)
      throws UnusableCandidateException, ProblemException, IOException {
    CandidateDirectory directory = copying.directory();
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(directory.path())) {
      meter.name(directory.path().resolve(name));
      new TreeCopy(directory.path(), meter)
          .program(TreeCopy.secure(opened), Path.of(name), scratch);
    }
    return scratch;
  }
}
