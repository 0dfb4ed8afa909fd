package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.postgres.ClientPrograms.Answer;
import org.spoolway.host.postgres.ClientPrograms.Call;

/** Programs whose answer decides what becomes of data. */
class AccountProgramsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path directory;
  private AccountPrograms programs;

  @BeforeEach
  void make() {
    programs = new AccountPrograms(null, directory.toString());
  }

  @Test
  void whatIsPrintedComplainedOfAndReadIsKeptApart() throws IOException {
    Answer answer = run("cat; echo wrong >&2; exit 3", "right", LONG);
    assertEquals(new Answer(3, "right", "wrong\n"), answer);
  }

  /** An empty answer would mean that there is no such database. */
  @Test
  void anAnswerThatIsNotWholeIsNone() {
    IOException refused =
        assertThrows(IOException.class, () -> run("sleep 30 & echo half", "", LONG));
    assertTrue(refused.getMessage().contains("what it printed"), refused.getMessage());
  }

  @Test
  void oneThatReadsNothingAndDoesNotEndIsEnded() {
    String input = "x".repeat(1 << 20);
    IOException refused =
        assertThrows(IOException.class, () -> run("sleep 30", input, Duration.ofMillis(300)));
    assertTrue(refused.getMessage().contains("has not ended"), refused.getMessage());
  }

  @Test
  void nothingThatLibpqHeedsIsTheRunnersOwn() throws IOException {
    Answer answer =
        programs.run(new Call(List.of("env"), Map.of("PGPORT", "5433", "OTHER", "x"), "", LONG));
    List<String> ours = answer.output().lines().filter(line -> line.startsWith("PG")).toList();
    assertEquals(List.of("PGPORT=5433"), ours);
  }

  @Test
  void onlyPlainFilesAreTakenBack() throws IOException {
    Path given = Files.createDirectories(directory.resolve("a/b/given"));
    programs.give(given);
    Files.writeString(given.resolve("plain"), "x");
    programs.takeBack(given);
    assertEquals(
        "r--r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(given.resolve("plain"))));
    programs.give(given);
    Path secret = Files.writeString(directory.resolve("secret"), "x");
    Files.createSymbolicLink(given.resolve("link"), secret);
    assertThrows(IOException.class, () -> programs.takeBack(given));
    assertFalse(Files.getPosixFilePermissions(secret).isEmpty());
  }

  private Answer run(String script, String input, Duration limit) throws IOException {
    return programs.run(new Call(List.of("sh", "-c", script), Map.of(), input, limit));
  }
}
