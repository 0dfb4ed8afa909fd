package org.spoolway.hostfile;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.HostDir;

/**
 * What becomes of one file.
 *
 * @param target the file
 * @param reader who reads it
 * @param before what is in it, or null when it does not exist
 * @param after what is to be in it, or null when it is to go
 */
public record FileChange(
    Path target, Reader reader, @Nullable String before, @Nullable String after) {

  private static final int CONTEXT = 2;

  /** One word and the name, for people. */
  public String summary() {
    String verb = before == null ? "new" : after == null ? "removed" : "changed";
    return name() + " " + verb;
  }

  /** Its name, for people; what is added to a unit is called as systemd shows it. */
  public String name() {
    Path parent = target.getParent();
    Path above = parent == null ? null : parent.getParent();
    return above != null && above.endsWith("systemd/system")
        ? above.relativize(target).toString()
        : fileName(target);
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Who reads them. */
  public static Set<Reader> readers(List<FileChange> changes) {
    Set<Reader> readers = EnumSet.noneOf(Reader.class);
    changes.forEach(change -> readers.add(change.reader()));
    return readers;
  }

  /** The units among them; what is only added to a unit is none. */
  public static List<String> units(List<FileChange> changes, HostDir host) {
    return changes.stream()
        .filter(change -> change.target().equals(host.unit(fileName(change.target()))))
        .map(change -> fileName(change.target()))
        .toList();
  }

  /** As `diff -u` shows it. */
  public String diff() {
    List<String> old = lines(before);
    Patch<String> patch = DiffUtils.diff(old, lines(after));
    return String.join(
        "\n",
        UnifiedDiffUtils.generateUnifiedDiff(
            before == null ? "/dev/null" : target.toString(),
            after == null ? "/dev/null" : target.toString(),
            old,
            patch,
            CONTEXT));
  }

  private static List<String> lines(@Nullable String text) {
    return text == null ? List.of() : text.lines().toList();
  }
}
