package org.spoolway.host.process;

import static org.awaitility.Awaitility.await;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

  /**
   * An empty answer would mean that there is no such database. The reader is in the middle of it
   * when the program ends: before it begins, Java itself gathers what an ended process has printed.
   */
  @Test
  void anAnswerThatIsNotWholeIsNone() throws IOException {
    Path gate = directory.resolve("gate");
    String script = "sleep 30 & while [ ! -e " + gate + " ]; do sleep 0.05; done";
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread runs = new Thread(() -> complete(answer, script), "run");
    runs.start();
    await().until(() -> readersOfOutput() == 1);
    Files.createFile(gate);
    CompletionException refused = assertThrows(CompletionException.class, answer::join);
    assertTrue(refused.getMessage().contains("what it printed"), refused.getMessage());
  }

  private void complete(CompletableFuture<Answer> answer, String script) {
    try {
      answer.complete(run(script, "", LONG));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private static long readersOfOutput() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("output of process "))
        .filter(thread -> isReading(thread.getValue()))
        .count();
  }

  private static boolean isReading(StackTraceElement[] stack) {
    return stack.length > 0 && stack[0].getMethodName().equals("readBytes");
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
