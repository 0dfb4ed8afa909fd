package org.spoolway.host.unpack;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.unpack.PackedEntry.Kind;

/**
 * The one directory that many archives have everything in, such as {@code notes-1.2.0}. What the
 * first entry tells counts for all.
 */
final class TopDirectory {

  private final Set<String> names;
  private boolean decided;
  private @Nullable String name;

  /** Knows by which names it may go. */
  TopDirectory(Set<String> names) {
    this.names = names;
  }

  /**
   * Where in the tree an entry lies.
   *
   * @throws UnusableArchiveException when it lies beside the directory
   */
  TreePath within(TreePath path, Kind kind) throws UnusableArchiveException {
    if (path.isTop()) {
      return path;
    }
    String first = path.parts().get(0);
    if (!decided) {
      boolean isDirectory = path.parts().size() > 1 || kind == Kind.DIRECTORY;
      name = isDirectory && names.contains(first) ? first : null;
      decided = true;
    }
    if (name == null) {
      return path;
    }
    if (!first.equals(name)) {
      throw new UnusableArchiveException(
          path.shown() + " lies beside " + Names.shown(name) + ", where all before it are");
    }
    return path.withoutTop();
  }
}
