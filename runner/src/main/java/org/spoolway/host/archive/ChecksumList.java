package org.spoolway.host.archive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code sha256sum} prints, of files in one directory or of a tree.
 *
 * <pre>
 * HASH  NAME        64 hexadecimal digits, a blank, a blank or an asterisk, the name
 * SHA256 (NAME) = HASH     the same, as `sha256sum --tag` and the BSDs print it
 * </pre>
 */
public final class ChecksumList {

  private static final Pattern OF_DIRECTORY = lines("[^/\\\\]+");
  private static final Pattern OF_TREE = lines("[^/\\\\]+(?:/[^/\\\\]+)*");

  private ChecksumList() {}

  private static Pattern lines(String name) {
    return Pattern.compile(
        ("(?<hash>[0-9A-Fa-f]{64}) [ *](?:\\./)?(?<name>" + name + ")")
            + ("|SHA256 \\((?:\\./)?(?<tagged>" + name + ")\\)")
            + " = (?<taggedHash>[0-9A-Fa-f]{64})");
  }

  /**
   * File names, each with its hash; what is no such line is left out, and what is told in two ways.
   */
  static Map<String, String> parse(String text) {
    return parse(text, OF_DIRECTORY);
  }

  /** The same of a list that names the files of a tree by their paths from its top. */
  public static Map<String, String> parseTree(String text) {
    return parse(text, OF_TREE);
  }

  private static Map<String, String> parse(String text, Pattern form) {
    Map<String, String> hashes = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    text.lines()
        .map(form::matcher)
        .filter(Matcher::matches)
        .forEach(
            line -> {
              boolean isTagged = line.group("tagged") != null;
              String name = line.group(isTagged ? "tagged" : "name");
              String hash = line.group(isTagged ? "taggedHash" : "hash").toLowerCase(Locale.ROOT);
              String other = hashes.put(name, hash);
              if (other != null && !other.equals(hash)) {
                ambiguous.add(name);
              }
            });
    hashes.keySet().removeAll(ambiguous);
    return Map.copyOf(hashes);
  }
}
