package org.spoolway.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spoolway.wording.Quoted;

/**
 * A semantic version, without a tag's leading {@code v}. Precedence and grammar are those of
 * Semantic Versioning 2.0.0; build metadata takes no part in precedence but does in equality, since
 * two builds are two releases.
 *
 * @param text the version as written
 */
public record Version(@JsonValue String text) implements Comparable<Version> {

  private static final String NUMBER = "(0|[1-9]\\d{0,17})";
  private static final String PRE_PART = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + PRE_PART
              + "(?:\\."
              + PRE_PART
              + ")*))?"
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

  /**
   * @throws IllegalArgumentException when the text is not a semantic version
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Version {
    if (text.length() > 128 || !GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is not a semantic version such as 3.2.0");
    }
  }

  /** The version that a text spells, or empty. */
  public static Optional<Version> parse(String text) {
    return text.length() <= 128 && GRAMMAR.matcher(text).matches()
        ? Optional.of(new Version(text))
        : Optional.empty();
  }

  /** The version that a tag such as {@code v3.2.0} or {@code 3.2.0} names, or empty. */
  public static Optional<Version> ofTag(String tag) {
    return parse(tag.startsWith("v") ? tag.substring(1) : tag);
  }

  /** Whether this is a release candidate, beta or the like. */
  public boolean isPreRelease() {
    return !preRelease().isEmpty();
  }

  /** Whether this one has precedence over the other; no build of a version has over another. */
  public boolean isNewerThan(Version other) {
    return precedence(other) > 0;
  }

  /** Whether both have the same major number. */
  public boolean isOfMajorOf(Version other) {
    return match().group(1).equals(other.match().group(1));
  }

  /** Whether both have the same major and the same minor number. */
  public boolean isOfMinorOf(Version other) {
    return isOfMajorOf(other) && match().group(2).equals(other.match().group(2));
  }

  /** The version that this one becomes once it is released, if it is a pre-release. */
  public Version released() {
    Matcher match = match();
    return new Version(match.group(1) + "." + match.group(2) + "." + match.group(3));
  }

  private String preRelease() {
    String part = match().group(4);
    return part == null ? "" : part;
  }

  private Matcher match() {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException(text);
    }
    return matcher;
  }

  /** By precedence; builds of one version by their text, so that the order agrees with equality. */
  @Override
  public int compareTo(Version other) {
    int order = precedence(other);
    return order != 0 ? order : text.compareTo(other.text);
  }

  private int precedence(Version other) {
    Matcher mine = match();
    Matcher theirs = other.match();
    for (int group = 1; group <= 3; group++) {
      int order =
          Long.compare(Long.parseLong(mine.group(group)), Long.parseLong(theirs.group(group)));
      if (order != 0) {
        return order;
      }
    }
    return comparePreRelease(preRelease(), other.preRelease());
  }

  private static int comparePreRelease(String mine, String theirs) {
    if (mine.isEmpty() || theirs.isEmpty()) {
      return Boolean.compare(mine.isEmpty(), theirs.isEmpty());
    }
    String[] left = mine.split("\\.", -1);
    String[] right = theirs.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = compareIdentifiers(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareIdentifiers(String left, String right) {
    boolean leftNumeric = isNumeric(left);
    boolean rightNumeric = isNumeric(right);
    if (leftNumeric && rightNumeric) {
      int byLength = Integer.compare(left.length(), right.length());
      return byLength != 0 ? byLength : left.compareTo(right);
    }
    return leftNumeric || rightNumeric
        ? Boolean.compare(rightNumeric, leftNumeric)
        : left.compareTo(right);
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return text;
  }
}
