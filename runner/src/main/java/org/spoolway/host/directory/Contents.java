package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.spoolway.durable.Checksum;

/**
 * What was copied of a tree, by the paths from its top.
 *
 * @param items in the order of their paths
 */
record Contents(SortedMap<String, Item> items) {

  /** What there may be in a tree. */
  enum Kind {
    FILE,
    PROGRAM,
    LINK,
    DIRECTORY
  }

  /**
   * One of it.
   *
   * @param content the SHA-256 of a file in hex, where a link leads; empty for a directory
   */
  record Item(Kind kind, String content) {

    boolean isFile() {
      return kind == Kind.FILE || kind == Kind.PROGRAM;
    }
  }

  Contents {
    items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
  }

  /** What tells all of it from any other tree: a hash in hex over paths, kinds and contents. */
  String object() {
    MessageDigest digest = Checksum.digest();
    for (Map.Entry<String, Item> item : items.entrySet()) {
      String line =
          item.getValue().kind() + "\0" + item.getKey() + "\0" + item.getValue().content();
      digest.update((line + "\0").getBytes(StandardCharsets.UTF_8));
    }
    return Checksum.hex(digest);
  }

  /** Whether a path is that of a program. */
  boolean hasProgram(String path) {
    Item item = items.get(path);
    return item != null && item.kind() == Kind.PROGRAM;
  }

  /**
   * Sees that every link leads to something in the tree. Nobody can change the copy meanwhile, so
   * the kernel itself is asked.
   *
   * @param top of the copy
   */
  void requireLinksInside(Path top) throws UnusableCandidateException, IOException {
    Path real = top.toRealPath();
    for (Map.Entry<String, Item> item : items.entrySet()) {
      if (item.getValue().kind() == Kind.LINK) {
        String target = item.getValue().content();
        if (target.startsWith("/") || !leadsInto(real, top.resolve(item.getKey()))) {
          throw new UnusableCandidateException(
              item.getKey() + " is a link that leads out of the tree or nowhere, to " + target);
        }
      }
    }
  }

  private static boolean leadsInto(Path real, Path link) throws IOException {
    try {
      return link.toRealPath().startsWith(real);
    } catch (NoSuchFileException | FileSystemLoopException nowhere) {
      return false;
    }
  }
}
