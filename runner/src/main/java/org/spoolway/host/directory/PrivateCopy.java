package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.spoolway.host.directory.Contents.Item;
import org.spoolway.host.directory.Contents.Kind;
import org.spoolway.problem.ProblemException;

/**
 * A candidate as it was copied, where nobody else can change it.
 *
 * <pre>
 * COPY/release/     the tree that a release is made of; of a program it holds nothing else
 * COPY/signature    what lay beside a program as its signature; not there for a tree, which holds its own
 * </pre>
 *
 * @param path the copy
 * @param object what tells its content from any other: a program's SHA-256, or a hash over a tree
 * @param contents what is in the release
 */
record PrivateCopy(Path path, String object, Contents contents) {

  /** The tree of a copy. */
  static Path release(Path copy) {
    return copy.resolve("release");
  }

  /** The tree that a release is made of. */
  Path release() {
    return release(path);
  }

  /** A program's signature, which need not be there. */
  Path signature() {
    return path.resolve("signature");
  }

  /**
   * Makes one.
   *
   * @param executable the program in a release, by its path
   * @param into does not exist yet, in a directory that nobody else can write
   * @throws UnsettledException when the candidate is another by now
   */
  static PrivateCopy make(
      CandidateDirectory directory, Entry entry, String executable, Path into, CopyMeter meter)
      throws UnusableCandidateException, UnsettledException, ProblemException, IOException {
    makeDirectories(into);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.path())) {
      SecureDirectoryStream<Path> opened = TreeCopy.secure(stream);
      Path name = Path.of(entry.name());
      meter.name(directory.path().resolve(name));
      PrivateCopy copy =
          entry.kind() == Entry.Kind.TREE
              ? ofTree(directory, opened, name, into, meter)
              : ofProgram(directory, opened, name, into, executable, meter);
      if (!directory.entry(entry.name()).filter(entry::equals).isPresent()) {
        throw new UnsettledException("it is being changed");
      }
      if (!copy.contents().hasProgram(executable)) {
        throw new UnusableCandidateException("its " + executable + " is no plain executable file");
      }
      return copy;
    } catch (NoSuchFileException gone) {
      throw new UnsettledException("it is being changed");
    }
  }

  private static PrivateCopy ofTree(
      CandidateDirectory directory,
      SecureDirectoryStream<Path> opened,
      Path name,
      Path into,
      CopyMeter meter)
      throws UnusableCandidateException, ProblemException, IOException {
    TreeCopy copying = new TreeCopy(directory.path().resolve(name), meter);
    TreeCopy.ownAttributes(opened, name);
    try (SecureDirectoryStream<Path> tree =
        opened.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      Contents contents = copying.tree(tree, release(into));
      contents.requireLinksInside(release(into));
      return new PrivateCopy(into, contents.object(), contents);
    }
  }

  private static PrivateCopy ofProgram(
      CandidateDirectory directory,
      SecureDirectoryStream<Path> opened,
      Path name,
      Path into,
      String executable,
      CopyMeter meter)
      throws UnusableCandidateException, ProblemException, IOException {
    TreeCopy copying = new TreeCopy(directory.path(), meter);
    Path program = release(into).resolve(executable);
    makeDirectories(program.resolveSibling(""));
    String hash = copying.program(opened, name, program);
    Contents contents =
        new Contents(new TreeMap<>(Map.of(executable, new Item(Kind.PROGRAM, hash))));
    PrivateCopy copy = new PrivateCopy(into, hash, contents);
    try {
      Path signature = Path.of(name + CandidateDirectory.SIGNATURE);
      meter.name(directory.path().resolve(signature));
      copying.program(opened, signature, copy.signature());
    } catch (NoSuchFileException notSigned) {
      return copy;
    }
    return copy;
  }

  /** Whatever the umask: who asks a program for its version may be another account. */
  private static void makeDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      makeDirectories(directory.resolveSibling(""));
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
