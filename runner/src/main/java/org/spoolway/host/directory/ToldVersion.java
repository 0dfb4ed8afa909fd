package org.spoolway.host.directory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.schema.Version;

/** Finds the version in what a program prints. */
final class ToldVersion {

  /** All that could belong to a version, from where one could begin. */
  private static final Pattern WORD = Pattern.compile("(?<![0-9A-Za-z.])v?[0-9][0-9A-Za-z.+-]*");

  private static final Pattern END_OF_SENTENCE = Pattern.compile("[.+-]+$");

  private ToldVersion() {}

  /** The first semantic version in a text, with or without a leading {@code v}. */
  static Optional<Version> in(String text) {
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      Optional<Version> version =
          Version.ofTag(END_OF_SENTENCE.matcher(word.group()).replaceFirst(""));
      if (version.isPresent()) {
        return version;
      }
    }
    return Optional.empty();
  }
}
