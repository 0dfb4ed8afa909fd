package org.spoolway.wording;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the word that was probably meant. Two swapped neighbours count as one slip. */
public final class Spelling {

  /** No real word is longer, and the time to compare grows with the square of the length. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * The nearest of some dotted words such as {@code params.version}: one beside the written word,
   * with at most one slip in three letters; otherwise one like it somewhere else, since a right
   * word in the wrong place is the other common mistake.
   *
   * @param written what was written
   * @param known what could have been; the earlier wins among equally near ones
   * @return empty when none is near
   */
  public static Optional<String> nearest(String written, Collection<String> known) {
    String place = parent(written);
    return nearest(written, known, candidate -> parent(candidate).equals(place))
        .or(() -> nearest(written, known, candidate -> true));
  }

  private static Optional<String> nearest(
      String written, Collection<String> known, Predicate<String> eligible) {
    String word = last(written);
    String best = null;
    int fewest = Math.max(1, word.length() / 3) + 1;
    for (String candidate : known) {
      int slips = eligible.test(candidate) ? slips(word, last(candidate)) : fewest;
      if (slips < fewest) {
        best = candidate;
        fewest = slips;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String parent(String dotted) {
    return dotted.substring(0, Math.max(0, dotted.lastIndexOf('.')));
  }

  private static String last(String dotted) {
    return dotted.substring(dotted.lastIndexOf('.') + 1);
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
   */
  private static int slips(String written, String known) {
    if (written.length() > LONGEST) {
      return written.length();
    }
    String a = written.toLowerCase(Locale.ROOT);
    String b = known.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && isSwap(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
