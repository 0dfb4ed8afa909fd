package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "Z.z_-9", "a..", "20261121T091203.250Z-k3v9q2"})
  void idsAreFileNamesAndWords(String text) {
    assertEquals(text, new RequestId(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "_a", ".a", "a b", "a/b", "a\n", "a\0", "ä", "a:b"})
  void whatCouldLeadElsewhereIsNoId(String text) {
    assertThrows(IllegalArgumentException.class, () -> new RequestId(text));
  }

  @Test
  void idsAreAtMost64CharactersLong() {
    assertEquals(64, new RequestId("a".repeat(RequestId.MAX_LENGTH)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new RequestId("a".repeat(65)));
  }

  @ParameterizedTest
  @CsvSource({
    "update, update",
    "1795226400-update@3.2.0.cron, 1795226400-update-3.2.0.cron",
    "../../etc/passwd, etc-passwd",
    "...___---, request",
    "a  \u00e4\ud83d\ude80  b, a-b",
    "'', request"
  })
  void anyTextHasANearestId(String text, String id) {
    assertEquals(id, RequestId.nearestTo(text, 0).value());
  }

  @Test
  void nearestIdLeavesTheRoomThatIsAskedFor() {
    assertEquals("a".repeat(64), RequestId.nearestTo("a".repeat(300), 0).value());
    assertEquals("a".repeat(32), RequestId.nearestTo("a".repeat(300), 32).value());
    assertThrows(IllegalArgumentException.class, () -> RequestId.nearestTo("a", 33));
    assertThrows(IllegalArgumentException.class, () -> RequestId.nearestTo("a", -1));
  }

  @Test
  void fileNameGivesTheIdWithoutItsSuffix() {
    assertEquals(new RequestId("1795224895-a.b"), RequestId.ofFileName("1795224895-a.b.json"));
    assertEquals(
        new RequestId("1795224895-update-3.2.0"), RequestId.ofFileName("1795224895-update@3.2.0"));
    assertEquals(64, RequestId.ofFileName("1".repeat(80) + ".json").value().length());
  }

  @Test
  void nearestIdIsAnIdWhateverTheText() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(90), 0, 0x300).forEach(c -> text.append((char) c));
      assertTrue(RequestId.nearestTo(text.toString(), 0).value().length() <= RequestId.MAX_LENGTH);
    }
  }
}
