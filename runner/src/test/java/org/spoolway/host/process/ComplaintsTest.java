package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

  private static List<String> told(String script) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", script).start();
    List<String> lines = new ArrayList<>();
    Complaints.take(process.getErrorStream(), lines::add);
    assertEquals(0, process.onExit().join().exitValue());
    return lines;
  }

  @Test
  void whatIsWrongIsTold() throws IOException {
    assertEquals(List.of("no class", "no path"), told("echo no class >&2; echo no path >&2"));
  }

  /** Neither the memory nor the log is filled, and who prints so much is not held up. */
  @Test
  void ofAFloodTheBeginningIsTold() throws IOException {
    assertEquals(20, told("yes 'no end' | head -c 50000000 >&2").size());
    List<String> one = told("head -c 50000000 /dev/zero | tr '\\0' x >&2");
    assertEquals(1, one.size());
    assertEquals(300, one.get(0).length());
  }

  @Test
  void noTerminalObeysIt() throws IOException {
    String line = told("printf '\\033[31mred\\n' >&2").get(0);
    assertTrue(line.endsWith("[31mred"), line);
    assertFalse(line.contains("\u001b"), line);
  }
}
