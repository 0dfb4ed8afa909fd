package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What sha256sum prints, and what somebody else might put in its place. */
class ChecksumListTest {

  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @Test
  void bothOfItsFormsAreRead() {
    assertEquals(
        Map.of("one.zip", A, "two.zip", B, "three.zip", A, "four four.zip", B),
        ChecksumList.parse(
            String.join(
                "\n",
                A + "  one.zip",
                B.toUpperCase(Locale.ROOT) + " *two.zip",
                "SHA256 (three.zip) = " + A,
                B + "  ./four four.zip")));
  }

  @Test
  void whatIsNoSuchLineIsLeftOut() {
    assertEquals(
        Map.of(),
        ChecksumList.parse(
            String.join(
                "\n",
                "<html>",
                A + "  ../one.zip",
                A + "  below/one.zip",
                "\\" + A + "  one\\n.zip",
                A.substring(1) + "  one.zip",
                A + " one.zip",
                "SHA256 (/one.zip) = " + A,
                "")));
  }

  @Test
  void whatIsToldInTwoWaysIsLeftOut() {
    assertEquals(
        Map.of("two.zip", A),
        ChecksumList.parse(
            String.join("\n", A + "  one.zip", B + "  one.zip", A + "  two.zip", A + "  two.zip")));
  }
}
