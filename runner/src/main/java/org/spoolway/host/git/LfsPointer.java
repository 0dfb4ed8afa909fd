package org.spoolway.host.git;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.attributes.Attributes;

/** A file of Git LFS: a few lines that stand in the repository for content that is elsewhere. */
final class LfsPointer {

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
