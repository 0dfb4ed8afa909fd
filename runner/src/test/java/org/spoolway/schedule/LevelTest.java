package org.spoolway.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.schema.Version;

class LevelTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # from     | to          | which levels reach it
          1.0.0      | 1.0.1       | PATCH MINOR ALL
          1.0.0      | 1.0.1-rc.1  | PATCH MINOR ALL
          1.0.1-rc.1 | 1.0.1       | PATCH MINOR ALL
          1.0.0      | 1.1.0       | MINOR ALL
          1.0.0      | 1.1.0-rc.1  | MINOR ALL
          1.0.0      | 2.0.0       | ALL
          1.9.9      | 2.0.0-rc.1  | ALL
          2.0.0-rc.1 | 2.0.0       | PATCH MINOR ALL
          1.2.0      | 1.20.0      | MINOR ALL
          1.0.0+a    | 1.0.1+b     | PATCH MINOR ALL
          """)
  void howFarEachGoes(String from, String to, String levels) {
    String reaching =
        String.join(
            " ",
            Arrays.stream(Level.values())
                .filter(level -> level.reaches(new Version(from), new Version(to)))
                .map(Level::name)
                .toList());
    assertEquals(levels, reaching);
  }
}
