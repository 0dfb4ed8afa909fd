package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.ProblemException;

class NativeLibraryTest {

  /** Begins the lines that are not the driver's log. */
  private static final String ANSWER = "answer: ";

  @TempDir Path scratch;

  @Test
  void directoryThatCannotHoldTheLibraryIsAProblemWithAFix() throws Exception {
    SqliteFile.create(scratch.resolve("notes.db"), "delete");
    Path absent = scratch.resolve("absent");
    assertEquals(
        List.of(
            "SNAPSHOT_FAILED cannot copy the database "
                + scratch.resolve("notes.db")
                + ": SQLite's native library cannot be loaded",
            "Give the runner a directory that allows execution and has 2 MB free:"
                + " SPOOLWAY_JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR."),
        probe("-Dorg.sqlite.tmpdir=" + absent));
  }

  @Test
  void nothingIsUnpackedWithoutADatabaseToCopy() throws Exception {
    Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
    assertEquals(List.of("0 bytes"), probe("-Dorg.sqlite.tmpdir=" + unpacked));
    assertEquals(0, unpacked.toFile().list().length);
  }

  private List<String> probe(String option) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Probe.class.getName());
    command.add(scratch.resolve("notes.db").toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith(ANSWER))
        .map(line -> line.substring(ANSWER.length()))
        .toList();
  }

  /** Asks for the size of a snapshot, in a JVM that has not loaded the library yet. */
  static final class Probe {
    public static void main(String[] arguments) {
      SqliteDatabase database = new SqliteDatabase(Path.of(arguments[0]), Clock.systemUTC());
      try {
        database.mark();
        System.out.println(ANSWER + database.requireReady().bytes() + " bytes");
      } catch (ProblemException e) {
        System.out.println(ANSWER + e.problem() + " " + e.getMessage().replaceAll(" \\(.*", ""));
        System.out.println(ANSWER + e.fix());
      }
    }
  }
}
