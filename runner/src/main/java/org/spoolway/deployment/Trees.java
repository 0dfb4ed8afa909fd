package org.spoolway.deployment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.problem.ProblemException;

/** Directory trees of which at least the top belongs to the runner. Links are never followed. */
public final class Trees {

  private static final Set<PosixFilePermission> WRITE =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private Trees() {}

  /**
   * Removes a tree if it is there, however deep, also one whose directories are closed to their
   * owner. Can be repeated when it was cut short.
   */
  public static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      TreeRemoval.remove(tree);
    } else {
      Files.deleteIfExists(tree);
    }
  }

  /**
   * The size of a tree's files, in bytes; links and directories count nothing.
   *
   * @throws IOException when some of it cannot be seen, as when it is just being removed
   */
  public static long bytes(Path tree) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /**
   * Makes every file and name of a tree survive a power cut, one fsync each.
   *
   * @throws ProblemException {@code INTERRUPTED} once it was asked to end
   */
  public static void force(Path tree, Interruption interruption)
      throws ProblemException, IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        interruption.check("force " + tree + " to disk");
        boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        if (file || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          force(FileChannel.open(path, StandardOpenOption.READ));
        }
      }
    }
  }

  private static void force(FileChannel opened) throws IOException {
    try (FileChannel channel = opened) {
      channel.force(true);
    }
  }

  /** Gives one file or directory to another user, which only root can. */
  public static void giveTo(Path path, String user) throws IOException {
    attributes(path)
        .setOwner(path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }

  /**
   * The same for a group too.
   *
   * @param group null leaves it as it is
   */
  public static void giveTo(Path path, String user, @Nullable GroupPrincipal group)
      throws IOException {
    if (group != null) {
      attributes(path).setGroup(group);
    }
    giveTo(path, user);
  }

  /**
   * Cuts a file off from all its other names, by a copy with the same owner and mode that takes its
   * place.
   *
   * @param scratch where the copy is made, on the same file system and where nobody else can write;
   *     what lies there goes, as what was left when this was cut short
   */
  public static void cutOff(Path file, Path scratch) throws IOException {
    delete(scratch);
    Files.copy(file, scratch, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets the owner see and change the names in a directory. */
  static void makeWritable(Path directory) throws IOException {
    makeWritable(Files.getFileAttributeView(directory, PosixFileAttributeView.class));
  }

  /** The same for a directory that is open. */
  static void makeWritable(PosixFileAttributeView directory) throws IOException {
    Set<PosixFilePermission> mode = directory.readAttributes().permissions();
    if (mode.addAll(OWNER)) {
      directory.setPermissions(mode);
    }
  }

  /** What can be changed of a file, or of a link itself. */
  static PosixFileAttributeView attributes(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Lets a group read what the owner can. */
  static void makeReadable(Path path, GroupPrincipal group) throws IOException {
    PosixFileAttributeView attributes = attributes(path);
    attributes.setGroup(group);
    PosixFileAttributes now = attributes.readAttributes();
    Set<PosixFilePermission> mode = now.permissions();
    boolean more =
        mode.contains(PosixFilePermission.OWNER_READ) && mode.add(PosixFilePermission.GROUP_READ);
    more |=
        mode.contains(PosixFilePermission.OWNER_EXECUTE)
            && mode.add(PosixFilePermission.GROUP_EXECUTE);
    if (more && !now.isSymbolicLink()) {
      Files.setPosixFilePermissions(path, mode);
    }
  }

  /** Takes write permission on one file or directory from everybody. */
  static void makeReadOnly(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (mode.removeAll(WRITE)) {
      Files.setPosixFilePermissions(path, mode);
    }
  }

  /**
   * The names in a directory that is open, all at once: a listing that is changed while it is read
   * may skip some.
   */
  public static List<Path> names(DirectoryStream<Path> directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      directory.forEach(path -> names.add(path.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }
}
