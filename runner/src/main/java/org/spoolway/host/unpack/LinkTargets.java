package org.spoolway.host.unpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.unpack.PackedEntry.Kind;

/**
 * Where the links of a tree lead, once all of it is known. It may be nowhere, as in git, but not
 * out of the tree: neither by the letters of the target, nor by way of other links in it.
 */
final class LinkTargets {

  /** As the kernel follows them. */
  private static final int MOST_FOLLOWED = 40;

  /** Of all links of an archive together, each of which may lead through many others. */
  private static final long MOST_STEPS = 1_000_000;

  private final TreeIndex tree;
  private long steps;

  LinkTargets(TreeIndex tree) {
    this.tree = tree;
  }

  /** Looks at what can be told of a target by itself. */
  static void requireSane(TreePath link, String target) throws UnusableArchiveException {
    require(!target.isEmpty(), link, "is a link that leads to nothing");
    require(!Names.hasControls(target), link, "is a link with control characters in it");
    require(
        target.getBytes(StandardCharsets.UTF_8).length <= PackedEntry.MAX_TARGET_BYTES,
        link,
        "is a link of more than " + PackedEntry.MAX_TARGET_BYTES + " bytes");
    require(!target.startsWith("/"), link, "is a link to the absolute name " + shown(target));
    int depth = link.parts().size() - 1;
    for (String part : target.split("/", -1)) {
      depth += step(part);
      require(depth >= 0, link, "is a link that leads out of the release, to " + shown(target));
    }
  }

  private static int step(String part) {
    return switch (part) {
      case "", "." -> 0;
      case ".." -> -1;
      default -> 1;
    };
  }

  /**
   * Follows a link of the tree through all others.
   *
   * @throws UnusableArchiveException when that leads out of it, or round in a circle
   */
  void requireInside(TreePath link) throws UnusableArchiveException {
    Walk walk = new Walk(tree.find(link.parent()), tree.find(link));
    while (walk.goesOn()) {
      steps++;
      require(steps <= MOST_STEPS, link, "is one of links that take too long to follow");
      require(
          walk.step(),
          link,
          "is a link that leads out of the release by way of another, to " + shown(walk.target));
      require(
          walk.followed <= MOST_FOLLOWED,
          link,
          "is a link that leads through more than " + MOST_FOLLOWED + " links, or in a circle");
    }
  }

  private static String shown(String target) {
    return Names.shown(target);
  }

  private static void require(boolean kept, TreePath link, String otherwise)
      throws UnusableArchiveException {
    if (!kept) {
      throw new UnusableArchiveException(link.shown() + " " + otherwise);
    }
  }

  /** On the way along a link, as the kernel goes. */
  private static final class Walk {

    private final Deque<String> ahead = new ArrayDeque<>();
    private final String target;
    private TreeNode at;

    /** How far below that node it is, where the tree has nothing. */
    private int beyond;

    private int followed;

    Walk(@Nullable TreeNode from, @Nullable TreeNode link) {
      if (from == null || link == null) {
        throw new IllegalStateException("a link must be in the tree");
      }
      this.at = from;
      this.target = link.target();
      follow(link);
    }

    boolean goesOn() {
      return !ahead.isEmpty();
    }

    /** Goes on by one part; false when that leads out of the tree. */
    boolean step() {
      String part = ahead.removeFirst();
      if (part.equals("..")) {
        return up();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        down(part);
      }
      return true;
    }

    private boolean up() {
      if (beyond > 0) {
        beyond--;
        return true;
      }
      TreeNode parent = at.parent();
      at = parent == null ? at : parent;
      return parent != null;
    }

    private void down(String part) {
      TreeNode child = beyond > 0 ? null : at.child(part);
      if (child == null) {
        beyond++;
      } else if (child.kind() == Kind.LINK) {
        follow(child);
      } else {
        at = child;
      }
    }

    private void follow(TreeNode link) {
      followed++;
      String[] parts = link.target().split("/", -1);
      for (int i = parts.length - 1; i >= 0; i--) {
        ahead.addFirst(parts[i]);
      }
    }
  }
}
