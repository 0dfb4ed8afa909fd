package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Outcome;

class ErrorPrinterTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ErrorPrinter printer =
      new ErrorPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void problemIsToldInTwoLines() {
    ProblemException problem =
        new ProblemException(Problem.BUSY, "cannot work notes: ada does", "Wait.", null);
    assertEquals(ExitCode.BUSY, printer.print(problem));
    assertEquals("spoolway: cannot work notes: ada does\nFix: Wait.\n", text());
  }

  @Test
  void bugIsToldWithItsTrace() {
    assertEquals(ExitCode.BUG, printer.print(new IllegalStateException("impossible")));
    assertTrue(text().startsWith("spoolway: this is a bug in Spoolway"), text());
    assertTrue(text().contains("at org.spoolway.cli.ErrorPrinterTest"), text());
  }

  @Test
  void troubleWithAFileNamesItAndTheReason() {
    printer.print(new NoSuchFileException("/a"));
    printer.print(new AccessDeniedException("/b"));
    printer.print(new FileSystemException("/c", null, "No space left on device"));
    printer.print(new UncheckedIOException(new IOException("cannot read /d: it is damaged")));
    printer.print(new IOException("Broken pipe"));
    assertEquals(
        """
        spoolway: cannot use /a: it does not exist
        spoolway: cannot access /b: permission denied
        spoolway: cannot use /c: No space left on device
        spoolway: cannot read /d: it is damaged
        spoolway: cannot go on: Broken pipe
        """,
        text().lines().filter(line -> !line.startsWith("Fix: ")).collect(Collectors.joining("\n"))
            + "\n");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    printer.say("cannot \u001b[2J", "\u0007Wait.");
    assertEquals("spoolway: cannot \\u001b[2J\nFix: \\u0007Wait.\n", text());
  }

  @Test
  void everyEndOfARequestHasItsExitCode() {
    Map<String, Integer> codes = new TreeMap<>();
    Arrays.stream(Outcome.values())
        .filter(Outcome::isTerminal)
        .forEach(end -> codes.put(end.wireName(), ExitCode.of(end).code()));
    assertEquals(
        Map.of(
            "succeeded", 0,
            "unchanged", 0,
            "planned", 0,
            "failed", 1,
            "rolled_back", 1,
            "needs_intervention", 3,
            "rejected", 4,
            "cancelled", 4,
            "expired", 4),
        codes);
    assertThrows(IllegalArgumentException.class, () -> ExitCode.of(Outcome.RUNNING));
  }

  @Test
  void problemsHaveTheExitCodesOfTheTable() {
    assertAll(
        () -> assertEquals(ExitCode.USAGE, ErrorPrinter.exitCode(Problem.CONFIGURATION)),
        () -> assertEquals(ExitCode.NOT_FOUND, ErrorPrinter.exitCode(Problem.REQUEST_UNKNOWN)),
        () -> assertEquals(ExitCode.REFUSED, ErrorPrinter.exitCode(Problem.ID_TAKEN)),
        () -> assertEquals(ExitCode.FAILED, ErrorPrinter.exitCode(Problem.BUILD_FAILED)),
        () -> assertEquals(ExitCode.BUG, ErrorPrinter.exitCode(Problem.INTERNAL)),
        () ->
            assertEquals(ExitCode.NEEDS_INTERVENTION, ErrorPrinter.exitCode(Problem.UNDO_FAILED)));
  }
}
