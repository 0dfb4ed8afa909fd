package org.spoolway.foreign;

import java.nio.charset.StandardCharsets;
import org.instancio.Random;
import org.instancio.junit.GivenProvider;

/**
 * Text as a stranger may send it: letters among characters that terminals obey, that turn text
 * around, that cannot be seen, that end lines, that JSON and file names give a meaning to.
 */
public final class ForeignText implements GivenProvider {

  private static final String TRICKS =
      "\0\u0007\u001b\u007f\u0085\u009b\r\n\t\f\u000b \u00a0\u00ad\u061c\u200b\u200d\u200e\u202e\u2028"
          + "\u2029\u2066\u2069\ufeff\ufffd\ufffe\uffff\ud800\udbff\udc00\udfff\"\\'/{}[]:,.~-+@_";

  private static final int LONGEST = 40;

  @Override
  public String provide(ElementContext context) {
    return of(context.random());
  }

  /** Any sequence of UTF-16 units, whether or not it is whole characters. */
  public static String of(Random random) {
    int length = random.intRange(0, LONGEST);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.appendCodePoint(character(random));
    }
    return text.toString();
  }

  /** As much of such a text as can be written in UTF-8. */
  public static String whole(Random random) {
    byte[] written = of(random).getBytes(StandardCharsets.UTF_8);
    return new String(written, StandardCharsets.UTF_8);
  }

  private static int character(Random random) {
    return switch (random.intRange(0, 5)) {
      case 0 -> random.intRange(0, 0xff);
      case 1 -> random.characterRange('\0', '\uffff');
      case 2 -> random.intRange(0x10000, Character.MAX_CODE_POINT);
      case 3 -> TRICKS.charAt(random.intRange(0, TRICKS.length() - 1));
      default -> random.alphanumericCharacter();
    };
  }
}
