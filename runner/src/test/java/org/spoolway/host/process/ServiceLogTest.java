package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceLogTest {

  @TempDir private Path directory;
  private Path file;
  private ServiceLog log;

  @BeforeEach
  void prepare() {
    file = directory.resolve("service.log");
    log = new ServiceLog(file);
  }

  @Test
  void aStartBeginsWhereTheLastOneEnded() throws IOException {
    assertEquals(0, log.begin());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Files.writeString(file, "12345");
    assertEquals(5, log.begin());
  }

  @Test
  void aLargeLogIsSetAsideAtAStart() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(10 * 1024 * 1024 + 1);
    }
    assertEquals(0, log.begin());
    assertEquals(0, Files.size(file));
    assertTrue(Files.size(directory.resolve("service.log.1")) > 10 * 1024 * 1024);
  }

  @Test
  void theTailIsTheLastTwentyLinesOfTheStart() throws IOException {
    Files.writeString(file, "before\n" + lines(1, 30));
    assertEquals(lines(11, 30).strip(), log.tail(0));
    Files.writeString(file, "before\nafter\n");
    assertEquals("after", log.tail(7));
    assertEquals("", log.tail(13));
  }

  @Test
  void longLinesAreCutToTheLastFourKibibytes() throws IOException {
    Files.writeString(file, "a".repeat(5000) + "\n" + "b".repeat(1000));
    assertEquals("b".repeat(1000), log.tail(0));
    Files.writeString(file, "c".repeat(9000));
    assertEquals("c".repeat(4096), log.tail(0));
  }

  @Test
  void aLogThatWasReplacedIsShownFromItsBeginning() throws IOException {
    Files.writeString(file, "new\n");
    assertEquals("new", log.tail(1000));
    Files.delete(file);
    assertEquals("", log.tail(0));
  }

  @Test
  void whatIsNotPrintableIsMadeSo() throws IOException {
    byte[] printed =
        "\u001B[1;31mréd\u001B[0m\r\n\u0007\u202Etab\t".getBytes(StandardCharsets.UTF_8);
    byte[] invalid = {(byte) 0xFF, 0};
    Files.write(file, printed);
    Files.write(file, invalid, StandardOpenOption.APPEND);
    assertEquals("réd\n\uFFFD\uFFFDtab\t\uFFFD\uFFFD", log.tail(0));
  }

  private static String lines(int first, int last) {
    StringBuilder text = new StringBuilder();
    IntStream.rangeClosed(first, last).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }
}
