package org.spoolway.host.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;

/** Writes a release, with the submodules in it, from the mirrors into a directory. */
final class ReleaseExport {

  private static final int MAX_LINK_BYTES = 4095;

  private final Submodules submodules;
  private final ExportMeter meter;

  ReleaseExport(Submodules submodules, ExportMeter meter) {
    this.submodules = submodules;
    this.meter = meter;
  }

  /**
   * Writes one part and what is below it.
   *
   * @param into a directory that does not exist yet
   * @throws MirrorDamage when a mirror does not hold it whole
   * @throws UnusableTreeException when it cannot be part of a release
   * @throws IOException when it cannot be written, or should not any more
   */
  void write(Part part, Path into) throws MirrorDamage, UnusableTreeException, IOException {
    try (Repository mirror = part.mirror().open()) {
      CompleteTree tree =
          CompleteTree.find(part, mirror, meter)
              .orElseThrow(() -> part.mirror().damage("objects are missing", null));
      meter.expect(tree.files());
      Map<String, Part> below = new HashMap<>();
      submodules
          .of(part, mirror, tree)
          .forEach(submodule -> below.put(submodule.path(), submodule));
      Files.createDirectory(into);
      Files.setPosixFilePermissions(into, BlobFile.EXECUTABLE);
      try (Tree export = new Tree(part, mirror, tree, below)) {
        export.write(into);
      }
    }
  }

  /** Writes one tree: directories, files with their modes, and links, none of which is followed. */
  private final class Tree implements AutoCloseable {

    private final Part part;
    private final Map<String, Part> below;
    private final ObjectReader objects;
    private final TreeWalk walk;
    private final BlobFile blobs;

    Tree(Part part, Repository mirror, CompleteTree tree, Map<String, Part> below)
        throws IOException {
      this.part = part;
      this.below = below;
      this.objects = mirror.newObjectReader();
      this.walk = new TreeWalk(objects);
      this.blobs = new BlobFile(part, objects, meter);
      walk.setAttributesNodeProvider(mirror.createAttributesNodeProvider());
      walk.addTree(tree.root());
    }

    /** Writes the tree into an empty directory. */
    void write(Path root) throws MirrorDamage, UnusableTreeException, IOException {
      Deque<Path> directories = new ArrayDeque<>();
      directories.push(root);
      while (next()) {
        meter.beat();
        while (directories.size() > walk.getDepth() + 1) {
          directories.pop();
        }
        Path target = directories.element().resolve(RawName.path(safeName()));
        try {
          if (FileMode.TREE.equals(walk.getRawMode(0))) {
            directories.push(directory(target));
          } else {
            entry(target);
            meter.fileWritten();
          }
        } catch (FileAlreadyExistsException e) {
          throw new UnusableTreeException(shownPath() + " is in the tree twice");
        }
      }
    }

    private boolean next() throws MirrorDamage {
      try {
        return walk.next();
      } catch (IOException e) {
        throw part.mirror().damage("a directory cannot be read", e);
      }
    }

    private Path directory(Path target) throws MirrorDamage, IOException {
      Files.createDirectory(target);
      Files.setPosixFilePermissions(target, BlobFile.EXECUTABLE);
      try {
        walk.enterSubtree();
      } catch (IOException e) {
        throw part.mirror().damage("a directory cannot be read", e);
      }
      return target;
    }

    private void entry(Path target) throws MirrorDamage, UnusableTreeException, IOException {
      int mode = walk.getRawMode(0);
      if (FileMode.GITLINK.equals(mode)) {
        ReleaseExport.this.write(submodule(part.pathOf(walk.getPathString())), target);
      } else if (FileMode.SYMLINK.equals(mode)) {
        link(target);
      } else {
        file(target, mode);
      }
    }

    private Part submodule(String path) {
      Part submodule = below.get(path);
      if (submodule == null) {
        throw new IllegalStateException("no submodule at " + path);
      }
      return submodule;
    }

    private void file(Path target, int mode)
        throws MirrorDamage, UnusableTreeException, IOException {
      ObjectLoader content = blobs.open(walk.getObjectId(0));
      if (!content.isLarge()
          && LfsPointer.hasForm(content.getCachedBytes())
          && LfsPointer.isManaged(walk.getAttributes())) {
        throw new UnusableTreeException(
            shownPath() + " is a pointer of Git LFS, not the file itself; LFS is not supported");
      }
      blobs.write(
          walk.getObjectId(0),
          content,
          target,
          FileMode.EXECUTABLE_FILE.equals(mode) ? BlobFile.EXECUTABLE : BlobFile.PLAIN);
    }

    private void link(Path target) throws MirrorDamage, UnusableTreeException, IOException {
      ObjectLoader content = blobs.open(walk.getObjectId(0));
      if (content.getSize() == 0 || content.getSize() > MAX_LINK_BYTES) {
        throw new UnusableTreeException(
            shownPath() + " is a link of " + content.getSize() + " bytes");
      }
      byte[] leadsTo = content.getCachedBytes();
      for (byte b : leadsTo) {
        if (b == 0) {
          throw new UnusableTreeException(shownPath() + " is a link with a NUL in it");
        }
      }
      Files.createSymbolicLink(target, RawName.path(leadsTo));
    }

    private byte[] safeName() throws UnusableTreeException {
      AbstractTreeIterator entry = walk.getTree(0, AbstractTreeIterator.class);
      byte[] name = new byte[entry.getNameLength()];
      entry.getName(name, 0);
      if (!RawName.isSafe(name)) {
        throw new UnusableTreeException(
            "the name \"" + shownPath() + "\" in its tree is not safe to write");
      }
      return name;
    }

    private String shownPath() {
      return RawName.shown(part.pathOf(walk.getPathString()));
    }

    @Override
    public void close() {
      walk.close();
      objects.close();
    }
  }

  /** A file of Git LFS: a few lines that stand in the repository for content that is elsewhere. */
  private static final class LfsPointer {

    private static final int MAX_BYTES = 1024;
    private static final List<String> FIRST_LINES =
        List.of(
            "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/");

    private LfsPointer() {}

    /** Whether content has the form of a pointer. */
    static boolean hasForm(byte[] content) {
      if (content.length >= MAX_BYTES) {
        return false;
      }
      String text = new String(content, StandardCharsets.US_ASCII);
      return FIRST_LINES.stream().anyMatch(text::startsWith);
    }

    /** Whether {@code .gitattributes} hand a file to Git LFS. */
    static boolean isManaged(Attributes attributes) {
      return "lfs".equals(attributes.getValue("filter"));
    }
  }
}
