package org.spoolway.host.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;

/** Reads a few small files of a release without writing it anywhere. */
final class ReleaseFiles {

  private static final int MAX_BYTES = 64 << 10;

  private ReleaseFiles() {}

  /**
   * The regular files right in a directory, by name.
   *
   * @throws MirrorDamage when the mirror does not hold them whole
   * @throws UnusableTreeException when one of them is too long
   */
  static Map<String, String> in(Part release, String directory)
      throws MirrorDamage, UnusableTreeException {
    try (Repository mirror = release.mirror().open();
        RevWalk commits = new RevWalk(mirror)) {
      ObjectId root = commits.parseCommit(release.object()).getTree();
      try (TreeWalk found = TreeWalk.forPath(mirror, directory, root)) {
        return found == null || !FileMode.TREE.equals(found.getRawMode(0))
            ? Map.of()
            : files(mirror, found.getObjectId(0));
      }
    } catch (IOException e) {
      throw release.mirror().damage("a directory cannot be read", e);
    }
  }

  private static Map<String, String> files(Repository mirror, ObjectId tree)
      throws IOException, UnusableTreeException {
    Map<String, String> files = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(mirror)) {
      walk.addTree(tree);
      while (walk.next()) {
        FileMode mode = walk.getFileMode(0);
        if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
          ObjectLoader blob = mirror.open(walk.getObjectId(0));
          if (blob.getSize() > MAX_BYTES) {
            throw new UnusableTreeException(
                walk.getNameString() + " is longer than " + MAX_BYTES + " bytes");
          }
          files.put(walk.getNameString(), new String(blob.getBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }
}
