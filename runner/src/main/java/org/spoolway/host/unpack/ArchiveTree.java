package org.spoolway.host.unpack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/**
 * The tree of files in an archive that anybody may have made. What comes out of it is what git's
 * export would write: files of two modes, directories, and links that stay within. Owners, times,
 * other modes and extended attributes are dropped. Everything else is refused.
 */
public final class ArchiveTree {

  private final Path archive;
  private final ArchiveFormat format;
  private final Set<String> roots;
  private final ArchiveLimits limits;

  /**
   * Names an archive that is there; it is not opened yet.
   *
   * @param roots names of a top directory that is taken away when everything lies in it, such as
   *     {@code notes-1.2.0}. Whether it is there is what the first entry tells.
   */
  public ArchiveTree(Path archive, ArchiveFormat format, Set<String> roots, ArchiveLimits limits) {
    this.archive = archive;
    this.format = format;
    this.roots = Set.copyOf(roots);
    this.limits = limits;
  }

  /**
   * Writes the tree. When that fails, what was written so far stays, and is no more than the limits
   * allow. Nothing is forced to the disk.
   *
   * @param into a directory that does not exist yet, in one that does
   * @param progress told by how much of the archive was read
   * @throws UnusableArchiveException when the archive cannot be a release, or not be read as one
   * @throws AbandonedException when the end was asked for
   * @throws IOException when the disk fails, or what is on it is in the way
   */
  public void write(Path into, Progress progress, Interruption interruption)
      throws UnusableArchiveException, AbandonedException, IOException {
    Deadline deadline = new Deadline(limits.time(), interruption);
    try (ArchiveFile file = ArchiveFile.open(archive, deadline)) {
      UnpackMeter meter = new UnpackMeter(limits.bytes(), file::fraction, progress, deadline);
      meter.beat();
      scan(file, meter, new TreeWriter(into, meter));
      meter.finish();
    }
  }

  /**
   * The text of the regular files right in one directory, by name; what is not UTF-8 in them is
   * replaced. The whole archive is read for it.
   *
   * @param directory in the tree, such as {@code deploy}
   * @return none when there is no such directory
   * @throws UnusableArchiveException when the archive cannot be a release, or one of the files is
   *     longer than 64 KiB
   * @throws AbandonedException when the end was asked for
   * @throws IOException when the disk fails
   */
  public Map<String, String> texts(String directory, Interruption interruption)
      throws UnusableArchiveException, AbandonedException, IOException {
    TreePath path = TreePath.parse("./" + directory);
    TextCollector first = collect(path, Set.of(), interruption);
    Set<TreePath> missing = first.missing();
    return missing.isEmpty() ? first.texts() : collect(path, missing, interruption).texts();
  }

  private TextCollector collect(TreePath path, Set<TreePath> wanted, Interruption interruption)
      throws IOException {
    Deadline deadline = new Deadline(limits.time(), interruption);
    try (ArchiveFile file = ArchiveFile.open(archive, deadline)) {
      UnpackMeter meter = new UnpackMeter(limits.bytes(), file::fraction, Progress.NONE, deadline);
      meter.beat();
      TextCollector collector = new TextCollector(path, wanted, meter);
      scan(file, meter, collector);
      return collector;
    }
  }

  private void scan(ArchiveFile file, UnpackMeter meter, TreeSink sink) throws IOException {
    new TreeScan(roots, limits.entries(), meter, sink).run(file, format);
  }
}
