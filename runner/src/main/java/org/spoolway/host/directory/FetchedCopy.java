package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Interruption;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.ProblemException;

/**
 * The candidate that was fetched last, and only that one. Under its name it is whole, and by whom
 * it should be.
 *
 * <pre>
 * fetched/KEY/            a copy; KEY stands for its content, and for the keys that were asked for
 * fetched/KEY/signer      who has signed it, as people know the key; empty when nobody had to
 * fetched/KEY.arriving    not looked at yet
 * </pre>
 */
final class FetchedCopy {

  private static final int KEY_LENGTH = 16;

  private final Path directory;
  private final String question;

  /**
   * Looks at nothing yet.
   *
   * @param question what, besides the content, decides that it may be used
   */
  FetchedCopy(Path directory, String question) {
    this.directory = directory;
    this.question = question;
  }

  /** Whether a candidate is here. */
  boolean has(Candidate candidate) {
    return Files.isDirectory(of(candidate));
  }

  /** The tree of a candidate that is here. */
  Path release(Candidate candidate) {
    return PrivateCopy.release(of(candidate));
  }

  /** Who has signed a candidate that is here. */
  String signer(Candidate candidate) throws IOException {
    return Files.readString(of(candidate).resolve("signer"));
  }

  /** Makes room for one that is to come. */
  Path arriving(Candidate candidate) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> copies = Files.list(directory)) {
      for (Path copy : copies.toList()) {
        Trees.delete(copy);
      }
    }
    return arrivingPath(candidate);
  }

  /**
   * From now on it counts as whole, also after a power cut.
   *
   * @param signer who has signed it; empty when nobody had to
   */
  void arrived(Candidate candidate, String signer, Interruption interruption)
      throws ProblemException, IOException {
    Path arriving = arrivingPath(candidate);
    Files.write(arriving.resolve("signer"), signer.getBytes(StandardCharsets.UTF_8));
    Trees.force(arriving, interruption);
    Files.move(arriving, of(candidate), StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(directory);
  }

  private Path arrivingPath(Candidate candidate) {
    return directory.resolve(key(candidate) + ".arriving");
  }

  private Path of(Candidate candidate) {
    return directory.resolve(key(candidate));
  }

  private String key(Candidate candidate) {
    MessageDigest digest = Checksum.digest();
    digest.update((candidate.object() + "\n" + question).getBytes(StandardCharsets.UTF_8));
    return Checksum.hex(digest).substring(0, KEY_LENGTH);
  }
}
