package org.spoolway.host.unpack;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something is in a tree: the names of the directories from its top, and its own.
 *
 * @param parts none for the top itself
 */
record TreePath(List<String> parts) {

  private static final int MAX_PART_BYTES = 255;
  private static final int MAX_BYTES = 3000;

  /** No release needs more, and all that looks at a path takes as long as it is deep. */
  private static final int MAX_DEPTH = 200;

  /**
   * The path that an archive names.
   *
   * @param name as the archive has it; dots and slashes that say nothing are left out
   * @throws UnusableArchiveException when it leads elsewhere, or nobody should have it written
   */
  static TreePath parse(String name) throws UnusableArchiveException {
    if (name.isEmpty()) {
      throw new UnusableArchiveException("an entry of it has no name");
    }
    require(!Names.hasControls(name), name, "has control characters in its name");
    require(!name.startsWith("/"), name, "is an absolute name");
    require(bytes(name) <= MAX_BYTES, name, "is a name of more than " + MAX_BYTES + " bytes");
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        requireSafe(part, name);
        parts.add(part);
      }
    }
    require(parts.size() <= MAX_DEPTH, name, "lies more than " + MAX_DEPTH + " directories deep");
    return new TreePath(List.copyOf(parts));
  }

  private static void requireSafe(String part, String name) throws UnusableArchiveException {
    require(!part.equals(".."), name, "leads out of a directory by \"..\"");
    require(!part.equalsIgnoreCase(".git"), name, "would be taken for a part of git's own");
    require(
        !part.startsWith("._") && !part.equals("__MACOSX"),
        name,
        "is a note that macOS makes for itself; make the archive with COPYFILE_DISABLE=1 in the"
            + " environment, or by git archive");
    require(
        bytes(part) <= MAX_PART_BYTES,
        name,
        "has a part of more than " + MAX_PART_BYTES + " bytes in its name");
  }

  private static void require(boolean kept, String name, String otherwise)
      throws UnusableArchiveException {
    if (!kept) {
      throw new UnusableArchiveException(Names.shown(name) + " " + otherwise);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether this is the top of the tree. */
  boolean isTop() {
    return parts.isEmpty();
  }

  /** The directory that it is in; of the top there is none. */
  TreePath parent() {
    return new TreePath(parts.subList(0, parts.size() - 1));
  }

  /** The last of its names; the top has none. */
  String name() {
    return parts.get(parts.size() - 1);
  }

  /** The same place seen from the first of its directories. */
  TreePath withoutTop() {
    return new TreePath(parts.subList(1, parts.size()));
  }

  /** Where it is below a directory. */
  Path in(Path directory) {
    Path path = directory;
    for (String part : parts) {
      path = path.resolve(part);
    }
    return path;
  }

  /** For people. */
  String shown() {
    return Names.shown(String.join("/", parts));
  }
}
