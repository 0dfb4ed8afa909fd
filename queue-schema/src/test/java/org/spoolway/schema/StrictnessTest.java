package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lenient readers let pass, at every place of a request where it can stand. {@link
 * RequestFormTest} has the wording for one of each; here all are refused, fast, with their place.
 */
class StrictnessTest {

  private static final String WHOLE = "{\"action\":\"check\",\"params\":{\"origin\":\"web\"}}";

  /** Where a value can stand: known field, unknown field, parameter, list, name of an object. */
  private static final List<String> PLACES =
      List.of(
          "%s",
          "{\"action\":%s}",
          "{\"action\":\"check\",\"dryRun\":%s}",
          "{\"action\":\"check\",\"reason\":%s}",
          "{\"action\":\"check\",\"expires\":%s}",
          "{\"action\":\"check\",\"params\":%s}",
          "{\"action\":\"check\",\"params\":{\"version\":%s}}",
          "{\"action\":\"check\",\"params\":{\"x\":[{},[%s]]}}",
          "{\"action\":\"check\",\"x\":%s}",
          "{\"action\":\"check\",%s:1}",
          "[%s]");

  static Stream<String> notValues() {
    String many = "7".repeat(10_000);
    return Stream.of(
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "None",
        "True",
        "NULL",
        "'a'",
        "`a`",
        "a",
        "01",
        "-01",
        "00",
        "+1",
        ".5",
        "1.",
        "-",
        "1e",
        "1e+",
        "0x1f",
        "1_000",
        "1e5.2",
        "1f",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        many,
        "-" + many,
        "0." + many,
        many + "e" + many,
        "[1,]",
        "[,]",
        "[1 2]",
        "{,}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "/**/1",
        "//1\n1",
        "#1\n1",
        "1/**/",
        "<!--1-->",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u{41}\"",
        "\"\\U00000041\"",
        "\"\\'\"",
        "\"\\0\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\rb\"",
        "\"\u0001\"",
        "\"\u001f\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ude00\\ud83d\"",
        "\u00a01",
        "\u20281",
        "\ufeff1",
        "\u000b1",
        "\f1");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("notValues")
  void whatIsNoJsonValueHereIsRefusedWhereverItStands(String value) {
    for (String place : PLACES) {
      assertRefused(place.replace("%s", value));
    }
  }

  @Test
  void aFieldMayNotStandTwiceAtAnyLevel() {
    assertRefused("duplicate field \"action\"", "{\"action\":\"check\",\"action\":\"check\"}");
    for (int depth = 1; depth <= Request.MAX_DEPTH - 2; depth++) {
      String inner =
          "{\"a\":".repeat(depth - 1) + "{\"b\":1,\"\\u0062\":1}" + "}".repeat(depth - 1);
      assertRefused("duplicate field \"b\"", "{\"x\":" + inner + "}");
      assertRefused("duplicate field \"b\"", "{\"x\":[" + inner + "]}".replace("x", "params"));
    }
    assertRefused("duplicate field \"\"", "{\"\":1,\"\":1}");
  }

  @Test
  void thirtyTwoContainersMayNestAndNoMoreWhateverTheyAre() {
    for (String open : List.of("[", "{\"a\":", "[[{\"a\":")) {
      String close = new StringBuilder(open.replaceAll("\"a\":", "")).reverse().toString();
      close = close.replace('[', ']').replace('{', '}');
      int each = close.length();
      int fitting = (Request.MAX_DEPTH - 1) / each;
      String inside = "{\"x\":" + open.repeat(fitting) + "0" + close.repeat(fitting) + "}";
      assertRefused("unknown field \"x\"", inside);
      String beyond = "{\"x\":" + open.repeat(32) + "0" + close.repeat(32) + "}";
      assertRefused("it nests deeper than 32", beyond);
    }
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {"{}", "1", "\"a\"", "null", "x", ",", "]", "}", "\u00a0", "//", "/**/", "\u001a"})
  void nothingMayFollowOrPrecedeTheObject(String more) {
    assertRefused("there is more after the object", WHOLE + more);
    assertRefused("there is more after the object", WHOLE + "\n\n" + more);
    assertRefused(more + WHOLE);
  }

  @Test
  void aNulByteIsRefusedWhereverItStands() {
    for (int at = 0; at <= WHOLE.length(); at++) {
      String place = " (line 1, column " + (at + 1) + ")";
      for (int count : new int[] {1, 4, 60_000}) {
        String padded = WHOLE.substring(0, at) + "\0".repeat(count) + WHOLE.substring(at);
        assertRefused("there is a NUL byte" + place, padded);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0 80",
        "c0 af",
        "c1 bf",
        "e0 80 80",
        "e0 9f bf",
        "f0 80 80 80",
        "f0 8f bf bf", // overlong
        "ed a0 80",
        "ed bf bf",
        "ed a0 bd ed b8 80", // surrogates, alone and in pairs
        "f4 90 80 80",
        "f8 88 80 80 80",
        "fc 84 80 80 80 80",
        "fe",
        "ff", // beyond Unicode
        "80",
        "bf",
        "c3",
        "e2 82",
        "f0 9f 98",
        "c3 28",
        "e2 28 a1" // cut short or out of place
      })
  void whatIsNotUtf8IsRefusedInNamesAndValuesAndBeyond(String hex) {
    byte[] bad = new byte[(hex.length() + 1) / 3];
    for (int i = 0; i < bad.length; i++) {
      bad[i] = (byte) Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
    }
    assertBadByte(1, bad, WHOLE);
    assertBadByte(3, "{\"", bad, "\":1}");
    assertBadByte(12, "{\"action\":\"", bad, "\"}");
    assertBadByte(WHOLE.length() + 1, WHOLE, bad);
    assertBadByte(3, "{\"", bad);
  }

  @Test
  void aByteOrderMarkIsRefusedInEveryEncoding() {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      byte[] marked = ("\ufeff" + WHOLE).getBytes(Charset.forName(charset));
      byte[] unmarked = WHOLE.getBytes(Charset.forName(charset));
      assertTrue(Verdict.on(marked).isRefused(), charset);
      assertEquals(!charset.equals("UTF-8"), Verdict.on(unmarked).isRefused(), charset);
    }
  }

  private static void assertBadByte(int at, Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      bytes.writeBytes(
          part instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) part);
    }
    String refusal = Verdict.on(bytes.toByteArray()).refusal();
    assertNotNull(refusal);
    int named = Integer.parseInt(refusal.replaceAll("it is not UTF-8 \\(byte (\\d+)\\)", "$1"));
    assertTrue(named >= at && named < at + 4, refusal);
  }

  private static void assertRefused(String json) {
    assertRefused("", json);
  }

  private static void assertRefused(String start, String json) {
    String refusal = Verdict.on(json.getBytes(StandardCharsets.UTF_8)).refusal();
    String shown = json.substring(0, Math.min(200, json.length()));
    assertTrue(refusal != null && refusal.startsWith(start), () -> refusal + " for " + shown);
  }
}
