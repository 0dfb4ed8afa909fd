package org.spoolway.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("x.log");
  }

  private void log(String text) throws IOException {
    try (JobLog log = new JobLog(file)) {
      byte[] bytes = text.getBytes(UTF_8);
      log.write(bytes, 0, bytes.length);
    }
  }

  @Test
  void whatSeveralStartsPrintFollowsOnOneAnother() throws IOException {
    log("one\n");
    log("two\n");
    assertEquals("one\ntwo\n", Files.readString(file));
  }

  @Test
  void aJobThatPrintsNothingHasNoLog() throws IOException {
    try (JobLog log = new JobLog(file)) {
      assertFalse(log.exists());
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void aLogIsCutOnceAndSaysSoHoweverOftenItsJobIsStarted() throws IOException {
    log("x".repeat(JobLog.CAP - 3) + "\u00e9\u00e9" + "y".repeat(7));
    String cut = Files.readString(file);
    String mark = "\n[cut here: 9 bytes more were printed]\n";
    assertTrue(cut.endsWith("x\u00e9" + mark), cut.substring(JobLog.CAP - 9));
    log("more");
    log("and more");
    assertEquals(cut, Files.readString(file));
  }

  @Test
  void aLogThatIsFullWithoutBeingCutIsMarkedByTheNextStart() throws IOException {
    log("x".repeat(JobLog.CAP));
    log("12345678");
    String whole = Files.readString(file);
    assertEquals("\n[cut here: 8 bytes more were printed]\n", whole.substring(JobLog.CAP));
  }

  @Test
  void whatWouldCommandATerminalIsMadeHarmless() throws IOException {
    log("a\u001b[31mb\rc\u202ed\n");
    String text = Files.readString(file);
    assertFalse(text.contains("\u001b") || text.contains("\r") || text.contains("\u202e"), text);
  }
}
