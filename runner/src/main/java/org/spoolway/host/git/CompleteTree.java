package org.spoolway.host.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.host.git.Pulse.AbandonedException;

/**
 * A tree of which every object is in the mirror.
 *
 * @param root the tree
 * @param files how many files, links and submodules are in it
 * @param links the submodules in it
 */
record CompleteTree(ObjectId root, int files, List<Gitlink> links) {

  private static final List<FileMode> MODES =
      List.of(FileMode.REGULAR_FILE, FileMode.EXECUTABLE_FILE, FileMode.SYMLINK, FileMode.GITLINK);

  /**
   * A submodule as a tree names it.
   *
   * @param path where, from the tree's root
   * @param commit which commit of the other repository
   */
  record Gitlink(String path, ObjectId commit) {}

  /**
   * Finds the tree of a tag or commit.
   *
   * @return empty when anything of it is missing
   * @throws UnusableTreeException when the object names no commit
   * @throws MirrorDamage when anything of it is garbled
   */
  static Optional<CompleteTree> find(Part part, Repository repository, Pulse pulse)
      throws UnusableTreeException, MirrorDamage, AbandonedException {
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk commits = new RevWalk(reader)) {
      RevObject named = commits.peel(commits.parseAny(part.object()));
      if (!(named instanceof RevCommit commit)) {
        throw new UnusableTreeException("its tag names no commit");
      }
      return Optional.of(visit(reader, commit.getTree(), pulse));
    } catch (MissingObjectException missing) {
      return Optional.empty();
    } catch (IndexOutOfBoundsException malformed) {
      // JGit reads a tree without looking where it ends.
      throw new UnusableTreeException("a directory in it is malformed");
    } catch (AbandonedException e) {
      throw e;
    } catch (IOException e) {
      throw part.mirror().damage("its objects cannot be read", e);
    }
  }

  private static CompleteTree visit(ObjectReader reader, ObjectId root, Pulse pulse)
      throws UnusableTreeException, IOException {
    int files = 0;
    List<Gitlink> links = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(root.copy());
      walk.setRecursive(true);
      while (walk.next()) {
        pulse.beat();
        files++;
        requireKnownMode(walk);
        ObjectId object = walk.getObjectId(0);
        if (FileMode.GITLINK.equals(walk.getRawMode(0))) {
          links.add(new Gitlink(walk.getPathString(), object));
        } else if (!reader.has(object)) {
          throw new MissingObjectException(object, "blob");
        }
      }
    }
    return new CompleteTree(root.copy(), files, List.copyOf(links));
  }

  private static void requireKnownMode(TreeWalk walk) throws UnusableTreeException {
    int mode = walk.getRawMode(0);
    if (MODES.stream().noneMatch(known -> known.equals(mode))) {
      throw new UnusableTreeException(
          RawName.shown(walk.getPathString())
              + " has the unknown mode "
              + Integer.toOctalString(mode));
    }
  }

  /** What a tag names cannot be a release; the message says why. */
  static final class UnusableTreeException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableTreeException(String reason) {
      super(reason);
    }

    /** Why, as the part of a sentence that follows a colon. */
    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
