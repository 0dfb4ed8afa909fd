package org.spoolway.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.schema.Version;

class HoldTest {

  private static final Instant END = Instant.parse("2026-12-24T23:00:00Z");

  @ParameterizedTest
  @CsvSource({
    ", 0.0.1, true",
    "4.0.0, 3.9.9, false",
    "4.0.0, 3.9.9-rc.1, false",
    "4.0.0, 4.0.0, true",
    "4.0.0, 4.0.0-rc.1, true",
    "4.0.0, 4.0.0+build, true",
    "4.0.0, 4.0.1, true",
    "4.0.0-rc.2, 4.0.0-rc.1, false",
    "4.0.0-rc.2, 4.0.0-rc.2, true",
    "4.0.0-rc.2, 4.0.0, true"
  })
  void theLimitAndWhatComesAfterItIsHeld(@Nullable String below, String version, boolean isHeld) {
    assertEquals(isHeld, hold(below).against(new Version(version)).isPresent());
  }

  @Test
  void theReasonNamesVersionEndAndWhy() {
    assertEquals(
        Optional.of("4.0.1 is held until 2026-12-24: exams"),
        hold("4.0.0").against(new Version("4.0.1")));
  }

  @Test
  void itLastsToItsEnd() {
    List<Hold> holds = List.of(hold(null));
    Updates updates =
        new Updates(Level.ALL, null, Updates.NONE.windows(), Updates.NONE.cooldown(), holds);
    assertEquals(holds, updates.holdsAt(END.minusMillis(1)));
    assertEquals(List.of(), updates.holdsAt(END));
    assertFalse(updates.areAskedFor(), "who only holds asks for nothing");
  }

  private static Hold hold(@Nullable String below) {
    return new Hold("2026-12-24", END, "exams", below == null ? null : new Version(below));
  }
}
