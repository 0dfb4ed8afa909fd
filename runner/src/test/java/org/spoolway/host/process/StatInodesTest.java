package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatInodesTest {

  @ParameterizedTest
  @CsvSource({"100 7, 7", "100 0, 0", "0 0, 9223372036854775807", "? ?, 9223372036854775807"})
  void freeInodesAreWhatIsSaid(String answer, long free) {
    assertEquals(free, new StatInodes(command -> Optional.of(answer)).applyAsLong(Path.of("/")));
  }

  @Test
  void withoutAnAnswerNothingIsLimited() {
    StatInodes inodes = new StatInodes(command -> Optional.empty());
    assertEquals(StatInodes.UNLIMITED, inodes.applyAsLong(Path.of("/")));
  }

  @Test
  void thisHostAnswers(@TempDir Path directory) {
    assertTrue(new StatInodes().applyAsLong(directory) > 0);
  }
}
