package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.unpack.PackedEntry.Kind;
import org.spoolway.source.ArchiveFormat;

/** Goes through an archive once: checks each entry, and hands on what it is. */
final class TreeScan {

  /** A directory may be there again, as when an archive was added to. */
  private static final int TIMES_TOLD = 2;

  /** What is kept of the paths of links; a part of a path takes some 64 bytes. */
  private static final long MOST_KEPT = 32 << 20;

  private static final int BYTES_OF_PART = 64;

  private final TopDirectory topDirectory;
  private final TreeIndex tree;
  private final int maxHeaders;
  private final UnpackMeter meter;
  private final TreeSink sink;
  private final List<TreePath> links = new ArrayList<>();
  private long kept;

  TreeScan(Set<String> roots, int maxEntries, UnpackMeter meter, TreeSink sink) {
    this.topDirectory = new TopDirectory(roots);
    this.tree = new TreeIndex(maxEntries);
    this.maxHeaders = TIMES_TOLD * maxEntries;
    this.meter = meter;
    this.sink = sink;
  }

  /** Goes through all of it; the links come last, when it is known where each leads. */
  void run(ArchiveFile file, ArchiveFormat format) throws IOException {
    try (PackedEntries entries = PackedEntries.open(file, format)) {
      long headers = 0;
      for (PackedEntry entry = entries.next(); entry != null; entry = entries.next()) {
        meter.beat();
        headers++;
        if (headers > maxHeaders) {
          throw new UnusableArchiveException("it names its directories again and again");
        }
        take(entry);
      }
    }
    LinkTargets targets = new LinkTargets(tree);
    for (TreePath link : links) {
      meter.beat();
      targets.requireInside(link);
    }
    for (TreePath link : links) {
      meter.beat();
      sink.link(link, node(link).target());
    }
  }

  private void take(PackedEntry entry) throws IOException {
    TreePath path = topDirectory.within(TreePath.parse(entry.name()), entry.kind());
    if (entry.kind() == Kind.DIRECTORY) {
      announce(tree.directory(path));
      return;
    }
    if (path.isTop()) {
      throw new UnusableArchiveException(
          Names.shown(entry.name()) + " would take the place of the whole release");
    }
    announce(tree.parents(path));
    switch (entry.kind()) {
      case FILE -> file(path, entry);
      case COPY -> copy(path, entry);
      default -> link(path, entry.target());
    }
  }

  private void announce(List<TreePath> directories) throws IOException {
    for (TreePath directory : directories) {
      sink.directory(directory);
    }
  }

  private void file(TreePath path, PackedEntry entry) throws IOException {
    tree.file(path);
    try (InputStream content = entry.content()) {
      sink.file(path, entry.executable(), content);
    }
    meter.file();
  }

  private void copy(TreePath path, PackedEntry entry) throws IOException {
    TreePath of = topDirectory.within(TreePath.parse(entry.target()), Kind.FILE);
    TreeNode original = tree.find(of);
    if (original == null || original.kind() != Kind.FILE) {
      throw new UnusableArchiveException(
          path.shown()
              + " is a hard link to "
              + Names.shown(entry.target())
              + ", which is no file that comes before it");
    }
    tree.file(path);
    keep(path);
    keep(of);
    sink.copy(path, entry.executable(), of);
    meter.file();
  }

  private void link(TreePath path, String target) throws UnusableArchiveException {
    LinkTargets.requireSane(path, target);
    tree.link(path, target);
    keep(path);
    links.add(path);
  }

  private void keep(TreePath path) throws UnusableArchiveException {
    kept += (long) BYTES_OF_PART * (1 + path.parts().size());
    if (kept > MOST_KEPT) {
      throw new UnusableArchiveException("it has too many links for how deep they lie");
    }
  }

  private TreeNode node(TreePath path) {
    @Nullable TreeNode node = tree.find(path);
    if (node == null) {
      throw new IllegalStateException("no " + path.shown());
    }
    return node;
  }
}
