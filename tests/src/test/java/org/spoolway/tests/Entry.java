package org.spoolway.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An entry of a directory as the file system shows it, its name aside.
 *
 * @param mode kind and permissions, as one number
 * @param target where a symbolic link points to; empty for all else
 */
record Entry(long inode, int mode, int uid, int gid, long size, int links, String target) {

  /** The entry at a path. */
  static Entry at(Path path) throws IOException {
    Map<String, Object> seen =
        Files.readAttributes(path, "unix:ino,mode,uid,gid,size,nlink", LinkOption.NOFOLLOW_LINKS);
    boolean link = Files.isSymbolicLink(path);
    return new Entry(
        number(seen, "ino"),
        (int) number(seen, "mode"),
        (int) number(seen, "uid"),
        (int) number(seen, "gid"),
        number(seen, "size"),
        (int) number(seen, "nlink"),
        link ? Files.readSymbolicLink(path).toString() : "");
  }

  private static long number(Map<String, Object> seen, String name) {
    return ((Number) seen.get(name)).longValue();
  }

  /** The entry that its writer told of. */
  static Entry of(JsonNode told) {
    return new Entry(
        told.path("inode").asLong(),
        told.path("mode").asInt(),
        told.path("uid").asInt(),
        told.path("gid").asInt(),
        told.path("size").asLong(),
        told.path("links").asInt(),
        told.path("target").asString());
  }

  /** All entries of a directory; names that are no text do not matter. */
  static List<Entry> in(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        find(path).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private static Optional<Entry> find(Path path) throws IOException {
    try {
      return Optional.of(at(path));
    } catch (NoSuchFileException takenMeanwhile) {
      return Optional.empty();
    }
  }
}
