package org.spoolway.deployment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Directory trees that belong to the runner. Links are never followed. */
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

  /** Removes a tree if it is there, also one whose directories are closed to their owner. */
  public static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      makeWritable(tree);
      for (Path name : names(tree)) {
        delete(name);
      }
    }
    Files.deleteIfExists(tree);
  }

  /** All names at once, so that a deep tree does not hold a handle for each level. */
  private static List<Path> names(Path directory) throws IOException {
    try (Stream<Path> names = Files.list(directory)) {
      return names.toList();
    }
  }

  /** Makes every file and name of a tree survive a power cut, one fsync each. */
  public static void force(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
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

  /** Lets the owner see and change the names in a directory. */
  static void makeWritable(Path directory) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
    if (mode.addAll(OWNER)) {
      Files.setPosixFilePermissions(directory, mode);
    }
  }

  /** Takes write permission on one file or directory from everybody. */
  static void makeReadOnly(Path path) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    if (mode.removeAll(WRITE)) {
      Files.setPosixFilePermissions(path, mode);
    }
  }
}
