package org.spoolway.host.unpack;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.unpack.PackedEntry.Kind;

/** What a tree has in one place. */
final class TreeNode {

  private final String name;
  private final @Nullable TreeNode parent;
  private final Kind kind;
  private final String target;

  /** By folded names; made once there is something. */
  private @Nullable Map<String, TreeNode> below;

  private TreeNode(String name, @Nullable TreeNode parent, Kind kind, String target) {
    this.name = name;
    this.parent = parent;
    this.kind = kind;
    this.target = target;
  }

  /** The top of an empty tree. */
  static TreeNode top() {
    return new TreeNode("", null, Kind.DIRECTORY, "");
  }

  /** Adds something whose folded name was not there yet. */
  TreeNode add(String newName, Kind newKind, String newTarget) {
    if (below == null) {
      below = new HashMap<>();
    }
    TreeNode node = new TreeNode(newName, this, newKind, newTarget);
    below.put(Names.folded(newName), node);
    return node;
  }

  /** What is here under a name or one that folds to the same; null when nothing is. */
  @Nullable TreeNode alike(String other) {
    return below == null ? null : below.get(Names.folded(other));
  }

  /** What is here under just this name; null when nothing is. */
  @Nullable TreeNode child(String other) {
    TreeNode found = alike(other);
    return found == null || !found.name.equals(other) ? null : found;
  }

  String name() {
    return name;
  }

  /** The directory that it is in; null for the top. */
  @Nullable TreeNode parent() {
    return parent;
  }

  /** A file, directory or link; a copy is a file. */
  Kind kind() {
    return kind;
  }

  /** Where a link leads. */
  String target() {
    return target;
  }
}
