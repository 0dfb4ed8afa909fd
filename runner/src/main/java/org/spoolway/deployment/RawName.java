package org.spoolway.deployment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The name of a file below a directory as the bytes that the disk holds, one byte a {@code char}. A
 * name as text depends on the locale: where that knows no such bytes, different names look alike.
 */
final class RawName {

  private RawName() {}

  /** The name of a file relative to a directory above it. */
  static String of(Path directory, Path file) {
    return decoded(escaped(file).substring(escaped(directory).length() + 1));
  }

  /** The file below a directory that has such a name. */
  static Path in(Path directory, String rawName) {
    StringBuilder uri = new StringBuilder("file://").append(escaped(directory)).append('/');
    for (int i = 0; i < rawName.length(); i++) {
      char c = rawName.charAt(i);
      uri.append(c == '/' ? "/" : "%%%02X".formatted((int) c));
    }
    return Path.of(URI.create(uri.toString()));
  }

  /** What a link leads to; a relative target begins with a dot. */
  static String ofTarget(Path target) {
    return (target.isAbsolute() ? "" : ".") + decoded(escaped(Path.of("/").resolve(target)));
  }

  private static String decoded(String escaped) {
    StringBuilder bytes = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.append(c);
      }
    }
    return bytes.toString();
  }

  /**
   * A file's URI is the one view of a path that gives its bytes; it marks directories with a slash.
   */
  private static String escaped(Path path) {
    String uri = path.toUri().getRawPath();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** The name for people: as UTF-8, on one line. */
  static String printable(String rawName) {
    String text = new String(rawName.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
