package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the form of a request, most of which a JSON Schema cannot say. */
class RequestFormTest {

  private static final String CHECK = "{\"action\":\"check\"}";

  static Stream<Arguments> badForms() {
    return Stream.of(
        bad("it is empty", ""),
        bad("it starts with a byte order mark", "\ufeff" + CHECK),
        bad("it is not UTF-8 (byte 1)", 0xfe, 0xff, 0, "{", 0, "}"),
        bad("it is not UTF-8 (byte 25)", "{\"action\":\"check\",\"id\":\"", 0xe9, "\"}"),
        bad("it is not UTF-8 (byte 12)", "{\"action\":\"", 0xed, 0xa0, 0x80, "\"}"),
        bad("it is not UTF-8 (byte 12)", "{\"action\":\"", 0xc0, 0xaf, "\"}"),
        bad("it is not UTF-8 (byte 12)", "{\"action\":\"", 0xf5, 0x80, 0x80, 0x80, "\"}"),
        bad("it is not UTF-8 (byte 12)", "{\"action\":\"", 0xe2, 0x82, "\"}"),
        bad("it is not UTF-8 (byte 12)", "{\"action\":\"", 0xe2, 0x82),
        bad("there is a NUL byte (line 1, column 19)", CHECK, 0, 0, 0, 0),
        bad("there is a NUL byte (line 1, column 1)", 0, 0, 0),
        bad("there is a NUL byte (line 3, column 2)", "{\n\n ", 0, "\"action\":\"check\"}"),
        bad("there is more after the object (line 1, column 20)", CHECK, " x"),
        bad("there is more after the object (line 1, column 19)", CHECK, CHECK),
        bad("there is more after the object (line 2, column 1)", CHECK, "\n\u00a0"),
        bad("it is not a JSON object (line 1, column 1)", "[]"),
        bad("it is not a JSON object (line 1, column 2)", " \"check\""),
        bad("it is not a JSON object (line 1, column 1)", "null"),
        bad("it ends in the middle (line 2, column 2)", "\n "),
        bad("it ends in the middle (line 1, column 18)", "{\"action\":\"check\""),
        bad("it ends in the middle (line 1, column 15)", "{\"action\":\"che"),
        bad("it ends in the middle (line 1, column 5)", "{\"ac"),
        bad("it ends in the middle (line 2, column 2)", "{\"a\":\n["),
        bad(
            "duplicate field \"action\" (line 1, column 19)",
            "{\"action\":\"check\",\"action\":\"check\"}"),
        bad(
            "duplicate field \"action\" (line 1, column 19)",
            "{\"action\":\"check\",\"\\u0061ction\":1}"),
        bad(
            "duplicate field \"id\" (line 2, column 11)",
            "{\"params\":\n{\"id\":\"a\",\"id\":\"a\"}}"),
        bad("there is a lone surrogate (line 1, column 11)", "{\"action\":\"\\ud800\"}"),
        bad("there is a lone surrogate (line 1, column 11)", "{\"action\":\"\\udc00\\ud800\"}"),
        bad("it is not JSON: unexpected \"\\\\ud800x\" (line 1, column 3)", "{\"\\ud800x\":1}"),
        bad("there is a lone surrogate (line 1, column 8)", "{\"x\":[[\"a\\udfff\"]]}"),
        bad("it is not JSON: unexpected \"}\" (line 1, column 19)", "{\"action\":\"check\",}"),
        bad("it is not JSON: unexpected \"'\" (line 1, column 2)", "{'action':'check'}"),
        bad("it is not JSON: unexpected \"action\" (line 1, column 2)", "{action:1}"),
        bad("it is not JSON: unexpected \"/\" (line 1, column 1)", "/* c */{}"),
        bad("it is not JSON: unexpected \"01\" (line 1, column 11)", "{\"action\":01}"),
        bad("it is not JSON: unexpected \"NaN\" (line 1, column 11)", "{\"action\":NaN}"),
        bad("it is not JSON: unexpected \"+1\" (line 1, column 11)", "{\"action\":+1}"),
        bad("it is not JSON: unexpected \"TRUE\" (line 1, column 11)", "{\"dryRun\":TRUE}"),
        bad("it is not JSON: unexpected \"\\\\q\" (line 1, column 12)", "{\"action\":\"\\q\"}"),
        bad(
            "it is not JSON: unexpected \"\\u000a\" (line 1, column 14)",
            "{\"action\":\"ch\neck\"}"),
        bad(
            "it is not JSON: unexpected \"\\u001b\" (line 1, column 12)",
            "{\"action\":\"\u001b[2J\"}"),
        bad("it is not JSON: unexpected \"]\" (line 1, column 11)", "{\"action\":]}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badForms")
  void badFormIsRefusedWithItsPlace(String message, byte[] bytes) {
    assertEquals(message, refusal(bytes));
  }

  @Test
  void aRequestMayHave65536BytesAndNoMore() throws Exception {
    byte[] largest = padded(Request.MAX_BYTES);
    assertEquals(Request.MAX_BYTES, largest.length);
    assertEquals(Action.CHECK, SchemaJson.request(largest).action());
    assertEquals("it is larger than 65536 bytes", refusal(padded(Request.MAX_BYTES + 1)));
  }

  @Test
  void containersMayNestTo32AndNoDeeper() {
    String unknown = "unknown field \"x\" (line 1, column 19); ";
    assertEquals(unknown, refusal(nested(31)).substring(0, unknown.length()));
    assertEquals("it nests deeper than 32 (line 1, column 54)", refusal(nested(32)));
    assertEquals("it nests deeper than 32 (line 1, column 54)", refusal(nested(32_000)));
    assertEquals(
        "it nests deeper than 32 (line 1, column 161)",
        refusal(("{\"x\":".repeat(10_000) + "1").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void numbersOfAnySizeAreNeverConverted() {
    String digits = "9".repeat(60_000);
    for (String number : new String[] {digits, "-1e" + digits, "1." + digits, "1e999999999"}) {
      assertEquals(
          "\"dryRun\" must be true or false (line 1, column 28)",
          refusal(bytes("{\"action\":\"check\",\"dryRun\":", number, "}")));
    }
  }

  @Test
  void namesMadeToCollideOrToDrownTheMessageAreRefusedQuickly() {
    String longName = "x".repeat(65_000);
    assertEquals(
        "unknown field \"" + "x".repeat(80) + "…\" (line 1, column 2)",
        refusal(bytes("{\"", longName, "\":1}")).replaceFirst(";.*", ""));
    String colliding =
        IntStream.range(0, 1 << 12)
            .mapToObj(i -> String.format("%12s", Integer.toBinaryString(i)))
            .map(bits -> bits.replace(' ', '0').replace("0", "Aa").replace("1", "BB"))
            .limit(1_900)
            .map(name -> "\"" + name + "\":1")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    assertEquals(
        "unknown field \"AaAaAaAaAaAaAaAaAaAaAaAa\" (line 1, column 2)",
        refusal(bytes("{", colliding, "}")).replaceFirst(";.*", ""));
  }

  private static byte[] nested(int depth) {
    return bytes("{\"action\":\"check\",\"x\":", "[".repeat(depth), "]".repeat(depth), "}");
  }

  private static byte[] padded(int length) {
    String head = "{\"action\":\"check\",\"reason\":\"";
    return bytes(head, "x".repeat(length - head.length() - 2), "\"}");
  }

  private static String refusal(byte[] bytes) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(1),
        () ->
            assertThrows(SchemaJson.Malformed.class, () -> SchemaJson.request(bytes)).getMessage());
  }

  private static Arguments bad(String message, Object... parts) {
    return Arguments.of(message, bytes(parts));
  }

  /** Strings as UTF-8, numbers as single bytes. */
  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write((Integer) part);
      }
    }
    return bytes.toByteArray();
  }
}
