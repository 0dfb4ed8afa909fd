package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.UUID;

/**
 * Removes one directory with all that is in it, however deep: Linux takes no path of more than
 * 4,096 bytes, but trees may be deeper. What lies too deep is moved up to the top and removed from
 * there. Names are looked up in directories that are open, so that one which is exchanged for a
 * link meanwhile does not lead out of the tree. Cut short at any instant, it leaves a smaller tree.
 */
final class TreeRemoval {

  /**
   * How much longer than the top's a path may be before what it names is moved up, in characters.
   * It bounds the directories that are open at a time, to fifty.
   */
  private static final int REACH = 100;

  private final Path top;
  private final SecureDirectoryStream<Path> opened;

  private TreeRemoval(Path top, SecureDirectoryStream<Path> opened) {
    this.top = top;
    this.opened = opened;
  }

  /** Removes a directory that is there. */
  static void remove(Path directory) throws IOException {
    Path top = directory.toAbsolutePath();
    try (DirectoryStream<Path> above = Files.newDirectoryStream(top.resolveSibling(""))) {
      // On Linux all are.
      SecureDirectoryStream<Path> parent = (SecureDirectoryStream<Path>) above;
      try (SecureDirectoryStream<Path> opened = open(parent, top)) {
        new TreeRemoval(top, opened).empty();
      }
      parent.deleteDirectory(top.getFileName());
    }
  }

  /** Again and again, for what was moved up was not yet there to be seen. */
  private void empty() throws IOException {
    List<Path> names = Trees.names(opened);
    while (!names.isEmpty()) {
      for (Path name : names) {
        remove(opened, top.resolve(name));
      }
      try (DirectoryStream<Path> anew =
          opened.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS)) {
        names = Trees.names(anew);
      }
    }
  }

  private void remove(SecureDirectoryStream<Path> parent, Path path) throws IOException {
    Path name = path.getFileName();
    try {
      if (!isDirectory(parent, name)) {
        parent.deleteFile(name);
      } else if (path.toString().length() - top.toString().length() > REACH) {
        moveUp(parent, path);
      } else {
        try (SecureDirectoryStream<Path> directory = open(parent, path)) {
          for (Path inner : Trees.names(directory)) {
            remove(directory, path.resolve(inner));
          }
        }
        parent.deleteDirectory(name);
      }
    } catch (NoSuchFileException alreadyGone) {
      // Just what was wanted.
    }
  }

  private void moveUp(SecureDirectoryStream<Path> parent, Path path) throws IOException {
    // To get another parent, a directory must be writable itself.
    open(parent, path).close();
    parent.move(path.getFileName(), opened, Path.of(UUID.randomUUID().toString()));
  }

  /** Opens a directory whose names can then be seen and changed, also one that was closed. */
  private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path path)
      throws IOException {
    SecureDirectoryStream<Path> directory;
    try {
      directory = parent.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException closed) {
      // What cannot be opened can only be named. Root, for whom a link could lead anywhere, never
      // comes here.
      Trees.makeWritable(path);
      directory = parent.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS);
    }
    Trees.makeWritable(directory.getFileAttributeView(PosixFileAttributeView.class));
    return directory;
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }
}
