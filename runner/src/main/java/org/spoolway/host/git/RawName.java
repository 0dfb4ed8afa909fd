package org.spoolway.host.git;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names as git keeps them: bytes, of no known encoding. They become paths byte by byte; by way of a
 * {@code String} they would depend on the locale of the runner, or be lost.
 */
final class RawName {

  private static final String DIRECTLY =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";

  private RawName() {}

  /** Whether an entry of a tree may have this name. */
  static boolean isSafe(byte[] name) {
    String text = shown(name);
    for (byte b : name) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    return name.length > 0
        && !text.equals(".")
        && !text.equals("..")
        && !text.equalsIgnoreCase(".git");
  }

  /**
   * The path that bytes spell.
   *
   * @param bytes not empty, without NUL; relative unless they start with a slash
   */
  static Path path(byte[] bytes) {
    // Only a URI carries bytes into a path untouched, and it can only be absolute.
    Path absolute = Path.of(URI.create("file:///" + escaped(bytes)));
    return bytes[0] == '/' ? absolute : absolute.subpath(0, absolute.getNameCount());
  }

  private static String escaped(byte[] bytes) {
    StringBuilder uri = new StringBuilder();
    for (byte b : bytes) {
      if (DIRECTLY.indexOf(b) >= 0) {
        uri.append((char) b);
      } else {
        uri.append(String.format("%%%02X", b));
      }
    }
    return uri.toString();
  }

  /** A name for people: control characters and broken encodings are replaced. */
  static String shown(byte[] name) {
    return shown(new String(name, StandardCharsets.UTF_8));
  }

  /** A name for people: control characters are replaced. */
  static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
