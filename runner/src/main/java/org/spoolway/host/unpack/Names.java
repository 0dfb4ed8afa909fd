package org.spoolway.host.unpack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.spoolway.wording.Printable;

/** Names in archives, which may hold anything. */
final class Names {

  /** Most names are of letters below it, which are quick to compare. */
  private static final int ASCII = 0x80;

  private static final int MOST_SHOWN = 200;

  private Names() {}

  /**
   * The name that bytes spell.
   *
   * @throws UnusableArchiveException when they are not UTF-8
   */
  static String decoded(byte[] bytes) throws UnusableArchiveException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      String readable = new String(bytes, StandardCharsets.UTF_8);
      throw new UnusableArchiveException("the name " + shown(readable) + " in it is not UTF-8");
    }
  }

  /** A name for people, on one line and not too long. */
  static String shown(String name) {
    return name.length() <= MOST_SHOWN
        ? Printable.line(name)
        : Printable.line(name.substring(0, MOST_SHOWN)) + "…";
  }

  /** Whether there is a character in it that no name should have. */
  static boolean hasControls(String name) {
    return name.chars().anyMatch(Character::isISOControl);
  }

  /**
   * The same for all names that some file system takes for one: that differ in upper and lower
   * case, or in how accents are put together.
   */
  static String folded(String name) {
    if (name.chars().allMatch(letter -> letter < ASCII)) {
      return name.toLowerCase(Locale.ROOT);
    }
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    // By way of capitals, so that ß and ss, or the two forms of sigma, are the same.
    String small = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(small, Normalizer.Form.NFC);
  }
}
