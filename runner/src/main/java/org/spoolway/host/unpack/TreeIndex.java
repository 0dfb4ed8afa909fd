package org.spoolway.host.unpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.unpack.PackedEntry.Kind;

/**
 * Everything in a tree so far, so that nothing lies where it could do harm or two things in one
 * place.
 */
final class TreeIndex {

  /** All names are in memory at once. */
  private static final long MAX_NAME_BYTES = 32L << 20;

  private final TreeNode top = TreeNode.top();
  private final int maxEntries;
  private int entries;
  private long nameBytes;

  TreeIndex(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /** The top of the tree. */
  TreeNode top() {
    return top;
  }

  /**
   * Adds a directory, with those that it is in, unless they are there.
   *
   * @return those that were not, the outermost first
   */
  List<TreePath> directory(TreePath path) throws UnusableArchiveException {
    return directories(path, path, true);
  }

  /**
   * Adds the directories that something else is in, unless they are there.
   *
   * @return those that were not, the outermost first
   */
  List<TreePath> parents(TreePath path) throws UnusableArchiveException {
    return directories(path.parent(), path, false);
  }

  private List<TreePath> directories(TreePath path, TreePath named, boolean isItself)
      throws UnusableArchiveException {
    List<TreePath> added = new ArrayList<>();
    TreeNode node = top;
    for (int depth = 1; depth <= path.parts().size(); depth++) {
      TreePath here = new TreePath(path.parts().subList(0, depth));
      TreeNode found = found(node, here);
      if (found == null) {
        found = add(node, here.name(), Kind.DIRECTORY, "");
        added.add(here);
      } else if (found.kind() != Kind.DIRECTORY) {
        throw isItself && depth == path.parts().size() ? twice(path) : below(named, here, found);
      }
      node = found;
    }
    return added;
  }

  /** Adds a file whose directory is there. */
  void file(TreePath path) throws UnusableArchiveException {
    addNew(path, Kind.FILE, "");
  }

  /** Adds a link whose directory is there. */
  void link(TreePath path, String target) throws UnusableArchiveException {
    addNew(path, Kind.LINK, target);
  }

  private void addNew(TreePath path, Kind kind, String target) throws UnusableArchiveException {
    TreeNode parent = find(path.parent());
    if (parent == null) {
      throw new IllegalStateException("no directory for " + path.shown());
    }
    if (found(parent, path) != null) {
      throw twice(path);
    }
    add(parent, path.name(), kind, target);
  }

  private TreeNode add(TreeNode parent, String name, Kind kind, String target)
      throws UnusableArchiveException {
    entries++;
    if (entries > maxEntries) {
      throw new UnusableArchiveException(
          "it has more than " + maxEntries + " files, directories and links");
    }
    nameBytes += name.getBytes(StandardCharsets.UTF_8).length + target.length();
    if (nameBytes > MAX_NAME_BYTES) {
      throw new UnusableArchiveException(
          "its names are longer than " + (MAX_NAME_BYTES >> 20) + " MiB together");
    }
    return parent.add(name, kind, target);
  }

  /** What is in a place; null when nothing is. */
  @Nullable TreeNode find(TreePath path) {
    TreeNode node = top;
    for (String part : path.parts()) {
      node = node == null ? null : node.child(part);
    }
    return node;
  }

  /** What is in a place of a directory, where there is nothing else that could be taken for it. */
  private static @Nullable TreeNode found(TreeNode directory, TreePath path)
      throws UnusableArchiveException {
    TreeNode found = directory.alike(path.name());
    if (found != null && !found.name().equals(path.name())) {
      throw new UnusableArchiveException(
          path.shown()
              + " is the same name as "
              + Names.shown(found.name())
              + " beside it where case and the form of accents do not count");
    }
    return found;
  }

  private static UnusableArchiveException twice(TreePath path) {
    return new UnusableArchiveException(path.shown() + " is in it twice");
  }

  private static UnusableArchiveException below(TreePath path, TreePath above, TreeNode found) {
    String kind = found.kind() == Kind.LINK ? "link" : "file";
    return new UnusableArchiveException(
        path.shown() + " lies below " + above.shown() + ", which is a " + kind);
  }
}
