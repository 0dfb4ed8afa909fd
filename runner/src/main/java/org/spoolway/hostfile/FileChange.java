package org.spoolway.hostfile;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.hostfile.HostConfiguration.Reader;

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

  /** What is added to a unit is called as systemd shows it. */
  private String name() {
    Path parent = target.getParent();
    Path above = parent == null ? null : parent.getParent();
    return above != null && above.endsWith("systemd/system")
        ? above.relativize(target).toString()
        : String.valueOf(target.getFileName());
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
