package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps the few texts right in one directory. The rest is read too: only so is it known to be
 * whole.
 */
final class TextCollector implements TreeSink {

  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_BYTES_TOGETHER = 16 << 20;
  private static final int BUFFER_BYTES = 64 << 10;

  private final TreePath directory;
  private final Set<TreePath> wanted;
  private final UnpackMeter meter;
  private final Map<TreePath, String> kept = new HashMap<>();

  /** Of all copies in the tree, what the first of the same content is. */
  private final Map<TreePath, TreePath> originals = new HashMap<>();

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int together;

  /**
   * Looks for the files in a directory.
   *
   * @param wanted other files that are needed too; none at first, then what {@link #missing} gives
   */
  TextCollector(TreePath directory, Set<TreePath> wanted, UnpackMeter meter) {
    this.directory = directory;
    this.wanted = wanted;
    this.meter = meter;
  }

  /** Files elsewhere that files in the directory are copies of, and that were not kept. */
  Set<TreePath> missing() {
    Set<TreePath> missing = new HashSet<>();
    originals.forEach(
        (copy, original) -> {
          if (isInDirectory(copy) && !kept.containsKey(original)) {
            missing.add(original);
          }
        });
    return missing;
  }

  /** The texts by the names of their files. */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    kept.forEach(
        (path, text) -> {
          if (isInDirectory(path)) {
            texts.put(path.name(), text);
          }
        });
    originals.forEach(
        (copy, original) -> {
          String text = kept.get(original);
          if (isInDirectory(copy) && text != null) {
            texts.put(copy.name(), text);
          }
        });
    return texts;
  }

  @Override
  public void directory(TreePath path) {
    // Only files are looked for.
  }

  @Override
  public void file(TreePath path, boolean executable, InputStream content) throws IOException {
    if (isInDirectory(path) || wanted.contains(path)) {
      keep(path, content);
    }
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      meter.bytes(read);
    }
  }

  private void keep(TreePath path, InputStream content) throws IOException {
    byte[] text = content.readNBytes(MAX_BYTES + 1);
    if (text.length > MAX_BYTES) {
      throw new UnusableArchiveException(path.shown() + " is longer than " + MAX_BYTES + " bytes");
    }
    meter.bytes(text.length);
    together += text.length;
    if (together > MAX_BYTES_TOGETHER) {
      throw new UnusableArchiveException(
          "the files in " + directory.shown() + " are longer than 16 MiB together");
    }
    kept.put(path, new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public void copy(TreePath path, boolean executable, TreePath of) {
    originals.put(path, originals.getOrDefault(of, of));
  }

  @Override
  public void link(TreePath path, String target) {
    // As in git, a link is no text.
  }

  private boolean isInDirectory(TreePath path) {
    return path.parent().equals(directory);
  }
}
