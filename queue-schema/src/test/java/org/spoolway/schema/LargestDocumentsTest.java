package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As many bytes as a request may have, all of them made to keep a reader busy. */
class LargestDocumentsTest {

  private static Duration slowest = Duration.ZERO;

  @AfterAll
  static void tellTheSlowest() {
    System.out.println("slowest refusal of a largest document: " + slowest.toMillis() + " ms");
  }

  static Stream<Arguments> hostile() {
    Map<String, String> documents = new TreeMap<>();
    for (String unit :
        new String[] {
          "[", "]", "{", "{\"a\":", "[{", "\"", "\\", "\\u", "\\ud800", "-", "9", "0", "1e", "e",
          ".", " ", "\n", "\r\n", ",", "[],", "{},", "/", "*", "\u001b", "\u202e", "\ufeff", "😀"
        }) {
      documents.put("a file of " + unit, unit);
      documents.put("a list of " + unit, "{\"x\":[" + unit);
      documents.put("a string of " + unit, "{\"reason\":\"" + unit);
      documents.put("a name of " + unit, "{\"" + unit);
      documents.put("a number of " + unit, "{\"dryRun\":1" + unit);
      documents.put("an id of " + unit, "{\"action\":\"check\",\"id\":\"" + unit);
      documents.put("what follows: " + unit, "{\"action\":\"check\"}" + unit);
    }
    return documents.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("hostile")
  void theLargestHostileDocumentIsJudgedAtOnce(String what, String start) {
    String unit = what.substring(what.startsWith("what") ? 14 : what.indexOf(" of ") + 4);
    int length = start.getBytes(StandardCharsets.UTF_8).length;
    int times = (Request.MAX_BYTES - length) / unit.getBytes(StandardCharsets.UTF_8).length;
    byte[] bytes = (start + unit.repeat(times)).getBytes(StandardCharsets.UTF_8);
    Verdict verdict = Verdict.on(bytes);
    slowest = verdict.time().compareTo(slowest) > 0 ? verdict.time() : slowest;
    assertTrue(verdict.isRefused() || unit.isBlank(), what);
  }
}
