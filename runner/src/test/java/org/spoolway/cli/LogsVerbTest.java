package org.spoolway.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

class LogsVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  @Test
  void logIsPrintedHarmlessly() throws Exception {
    Result result = Home.update("first", Outcome.SUCCEEDED, null);
    home.tell(result);
    home.log(result, "$ make\n\tübung ✓\n\u001b[31mred\n");
    assertEquals(
        new FakeMachine.Ran(0, "$ make\n\tübung ✓\n\\u001b[31mred\n", ""),
        home.run("logs", "first"));
  }

  @Test
  void requestThatLoggedNothingSaysSo() throws Exception {
    home.tell(Home.update("first", Outcome.SUCCEEDED, null));
    assertEquals(
        new FakeMachine.Ran(0, "", "spoolway: nothing was logged for first\n"),
        home.run("logs", "first"));
  }

  @Test
  void unknownIdIsNotFound() {
    assertEquals(ExitCode.NOT_FOUND.code(), home.run("logs", "nobody").code());
  }

  @Test
  void logIsFollowedUntilTheRequestHasEnded() throws Exception {
    Result running = Home.update("first", Outcome.RUNNING, null);
    home.tell(running);
    CompletableFuture<FakeMachine.Ran> following =
        CompletableFuture.supplyAsync(() -> home.run("logs", "first", "-f"));
    Path log = home.log(running, "one\n");
    await().until(() -> home.machine.outText().equals("one\n"));
    append(log, new byte[] {'t', 'w', (byte) 0xC3});
    await().until(() -> home.machine.outText().equals("one\ntw"));
    append(log, new byte[] {(byte) 0xB6, '\n'});
    await().until(() -> home.machine.outText().equals("one\ntwö\n"));
    assertFalse(following.isDone());
    append(log, "last\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    home.tell(Home.update("first", Outcome.SUCCEEDED, null));
    FakeMachine.Ran ran = following.get(20, TimeUnit.SECONDS);
    assertEquals(new FakeMachine.Ran(0, "one\ntwö\nlast\n", ""), ran);
  }

  private static void append(Path log, byte[] bytes) throws IOException {
    Files.write(log, bytes, StandardOpenOption.APPEND);
  }
}
