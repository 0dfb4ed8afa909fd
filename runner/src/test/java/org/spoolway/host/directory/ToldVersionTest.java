package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.schema.Version;

/** Which version a program tells by what it prints. */
class ToldVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3",
    "v1.2.3, 1.2.3",
    "notes 1.2.3, 1.2.3",
    "notes version v1.2.3 (built with go1.21.5), 1.2.3",
    "built with go1.21.5: 1.2.3, 1.2.3",
    "notes/1.2.3, 1.2.3",
    "notes-1.2.3, 1.2.3",
    "This is notes 1.2.3., 1.2.3",
    "1.2.3-rc.1+build.5, 1.2.3-rc.1+build.5",
    "on 127.0.0.1 it is 1.2.3, 1.2.3",
    "1.2 or 01.2.3 or 1.2.3, 1.2.3",
    "1.0.0 and 2.0.0, 1.0.0",
    "\"1.2.3\", 1.2.3",
  })
  void theFirstSemanticVersionCounts(String printed, String version) {
    assertEquals(Optional.of(new Version(version)), ToldVersion.in(printed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "notes", "1.2", "1.2.3.4", "x1.2.3", "1.2.x", "version: unknown"})
  void otherwiseNoneIsTold(String printed) {
    assertEquals(Optional.empty(), ToldVersion.in(printed));
  }
}
