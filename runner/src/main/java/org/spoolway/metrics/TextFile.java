package org.spoolway.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.spoolway.host.Accounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * A file that is replaced at once for its readers, in a directory that is reached without following
 * a link and that nobody else can write. The directories above it may be others': whatever they put
 * in its place, a directory of root's or the runner's own they cannot move there.
 */
public final class TextFile {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final int ROOT = 0;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;

  private final Path file;
  private final Path directory;
  private final Accounts accounts;

  /** A file by its absolute path, which does not lie in the root of all. */
  public TextFile(Path file, Accounts accounts) {
    this.file = file;
    this.directory = Objects.requireNonNull(file.getParent(), file.toString());
    this.accounts = accounts;
  }

  /**
   * Looks whether it could be written.
   *
   * @throws ProblemException {@code UNSAFE_PATH}, {@code STORAGE_FAILED}
   */
  public void check() throws ProblemException, IOException {
    open().close();
  }

  /** Replaces it. It is not forced to the disk: it is soon written again. */
  void write(String text) throws ProblemException, IOException {
    Path temporary = Path.of("." + file.getFileName() + ".tmp");
    try (SecureDirectoryStream<Path> open = open()) {
      try (SeekableByteChannel channel = create(open, temporary)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      open.getFileAttributeView(temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(READABLE);
      open.move(temporary, open, file.getFileName());
    }
  }

  private static SeekableByteChannel create(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      return directory.newByteChannel(name, NEW);
    } catch (FileAlreadyExistsException leftByACrash) {
      directory.deleteFile(name);
      return directory.newByteChannel(name, NEW);
    }
  }

  /** Each part of the path is looked up in the one before. */
  private SecureDirectoryStream<Path> open() throws ProblemException, IOException {
    SecureDirectoryStream<Path> open;
    try (DirectoryStream<Path> root = Files.newDirectoryStream(Path.of("/"))) {
      // On Linux all are.
      open = inner((SecureDirectoryStream<Path>) root, directory.getName(0));
    }
    for (int i = 1; i < directory.getNameCount(); i++) {
      try (SecureDirectoryStream<Path> outer = open) {
        open = inner(outer, directory.getName(i));
      }
    }
    try {
      requireOurs(open);
    } catch (ProblemException | IOException e) {
      open.close();
      throw e;
    }
    return open;
  }

  private SecureDirectoryStream<Path> inner(SecureDirectoryStream<Path> outer, Path name)
      throws ProblemException, IOException {
    try {
      return outer.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException missing) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot write " + file + ": there is no directory " + directory,
          "Install node_exporter, make the directory, or correct `metrics.textfile`.",
          missing);
    } catch (IOException e) {
      if (Files.isSymbolicLink(directory) || !directory.equals(directory.toRealPath())) {
        throw new ProblemException(
            Problem.UNSAFE_PATH,
            "cannot write " + file + ": " + name + " in it is a link, which may lead anywhere",
            "Name the directory itself in `metrics.textfile`: " + directory.toRealPath() + ".",
            e);
      }
      throw e;
    }
  }

  /** A number cannot be had of what is open, so it is had by the path, and must be of the same. */
  private void requireOurs(SecureDirectoryStream<Path> open) throws ProblemException, IOException {
    Object opened =
        open.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    Map<String, Object> unix =
        Files.readAttributes(directory, "unix:uid,gid,mode,fileKey", LinkOption.NOFOLLOW_LINKS);
    if (!Objects.equals(unix.get("fileKey"), opened)) {
      throw new IOException(directory + " was exchanged meanwhile");
    }
    int uid = number(unix, "uid");
    int gid = number(unix, "gid");
    int mode = number(unix, "mode");
    if (uid != ROOT && uid != accounts.ownUid()) {
      throw unsafe("belongs to " + accounts.userName(uid), "chown " + accounts.ownUid());
    }
    if ((mode & OTHERS_WRITE) != 0) {
      throw unsafe("can be written by everybody", "chmod o-w");
    }
    // A group of its owner's own number is his alone, as Debian makes them.
    if ((mode & GROUP_WRITE) != 0 && gid != ROOT && gid != uid) {
      throw unsafe("can be written by its group", "chmod g-w");
    }
  }

  private static int number(Map<String, Object> unix, String name) {
    return (Integer) Objects.requireNonNull(unix.get(name), name);
  }

  private ProblemException unsafe(String observed, String cure) {
    return new ProblemException(
        Problem.UNSAFE_PATH,
        "cannot write " + file + ": " + directory + " " + observed,
        "Run `" + cure + " " + directory + "`, or name another directory in `metrics.textfile`.",
        null);
  }
}
