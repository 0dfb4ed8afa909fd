package org.spoolway.source;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spoolway.schema.Version;

/**
 * How the archives of a deployment are named: a pattern such as <code>
 * notes-{version}-linux-amd64.tar.gz</code>. One that says no ending takes each that is known.
 *
 * @param pattern with <code>{version}</code> in it once
 */
public record ArchiveNames(String pattern) {

  private static final String VERSION = "{version}";
  private static final Pattern GRAMMAR =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.+-]*)?\\{version}[A-Za-z0-9_.+-]*");

  /** As archives are usually named. */
  public static ArchiveNames of(String name) {
    return new ArchiveNames(name + "-" + VERSION);
  }

  /** Whether a text is a pattern. */
  public static boolean isPattern(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /**
   * The version that a file's name tells, with or without a leading {@code v}; empty for others.
   */
  public Optional<Version> version(String fileName) {
    return ending(fileName)
        .filter(ending -> ending().isEmpty() || ending.equals(ending()))
        .map(ending -> fileName.substring(0, fileName.length() - ending.length()))
        .filter(stem -> stem.startsWith(before()) && stem.endsWith(after()))
        .filter(stem -> stem.length() > before().length() + after().length())
        .map(stem -> stem.substring(before().length(), stem.length() - after().length()))
        .flatMap(text -> Version.parse(text.startsWith("v") ? text.substring(1) : text));
  }

  /**
   * An archive's name without its ending.
   *
   * @throws IllegalArgumentException for what is no archive
   */
  public static String stem(String fileName) {
    String ending = ending(fileName).orElseThrow(() -> new IllegalArgumentException(fileName));
    return fileName.substring(0, fileName.length() - ending.length());
  }

  /** What the directory may be called in which all of a release's archive lies. */
  public Set<String> directories(Version version) {
    return Stream.of(version.text(), "v" + version.text())
        .flatMap(text -> Stream.of(before() + text, before() + text + after()))
        .collect(Collectors.toSet());
  }

  private String before() {
    return pattern.substring(0, pattern.indexOf(VERSION));
  }

  /** What follows the version, but for the ending. */
  private String after() {
    int end = pattern.length() - ending().length();
    return pattern.substring(pattern.indexOf(VERSION) + VERSION.length(), end);
  }

  private String ending() {
    return ending(pattern).orElse("");
  }

  private static Optional<String> ending(String name) {
    return ArchiveFormat.of(name).map(ArchiveFormat::ending);
  }
}
