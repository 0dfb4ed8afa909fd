package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> KNOWN =
      List.of("name", "root", "source", "source.url", "source.channel", "health.url", "build.user");

  @ParameterizedTest
  @CsvSource({
    "nmae, name",
    "Name, name",
    "rot, root",
    "souce, source",
    "source.chanel, source.channel",
    "source.URL, source.url",
    "health.ulr, health.url",
    "channel, source.channel",
    "build.chanel, source.channel",
    "url, source.url"
  })
  void nearWordIsFound(String written, String meant) {
    assertEquals(Optional.of(meant), Spelling.nearest(written, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"x", "weather", "source.zzz", "''", "."})
  void nothingIsMadeUpWhenNothingIsNear(String written) {
    assertEquals(Optional.empty(), Spelling.nearest(written, KNOWN));
  }

  @Test
  void veryLongWordsAreNotCompared() {
    assertEquals(Optional.empty(), Spelling.nearest("n".repeat(1_000_000), KNOWN));
  }

  @Test
  void withoutWordsThereIsNoNearest() {
    assertEquals(Optional.empty(), Spelling.nearest("name", List.of()));
  }
}
