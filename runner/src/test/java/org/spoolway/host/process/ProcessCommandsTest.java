package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;

final class ProcessCommandsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path directory;
  @TempDir private Path state;
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void deathByASignalIs128AndItsNumber() {
    assertEquals(new Exit.Status(128 + 15), shell("kill -TERM $$"));
  }

  @Test
  void itRunsInItsDirectoryInASessionOfItsOwnWithoutInput() throws IOException {
    assertEquals(new Exit.Status(0), shell("pwd; cut -d' ' -f6 /proc/$$/stat; echo $$; cat"));
    List<String> lines = output.text().lines().toList();
    assertEquals(directory.toRealPath().toString(), lines.get(0));
    assertEquals(lines.get(2), lines.get(1));
    assertEquals(3, lines.size());
  }

  @Test
  void theEnvironmentIsInheritedAndAmendedButTheRunnersOwnNamesAreNot() {
    Map<String, String> runner =
        Map.of("KEPT", "a", "CHANGED", "b", "SPOOLWAY_HOME", "h", "SPOOLWAY_SERVICE", "s");
    Command command =
        command(
            List.of(
                "sh",
                "-c",
                "echo $KEPT $CHANGED $SPOOLWAY_HOME $SPOOLWAY_SERVICE $SPOOLWAY_STATE_DIRECTORY"),
            LONG,
            Map.of("CHANGED", "c"));
    new ProcessCommands(new Launcher(runner)).run(command, output, new Interruption());
    assertEquals("a c " + state + "\n", output.text());
  }

  @Test
  void outputAndErrorAreOneStream() {
    shell("echo one; echo two >&2; echo three");
    assertEquals("one\ntwo\nthree\n", output.text());
  }

  @Test
  void bytesThatAreNoTextComeThroughAsTheyAre() {
    shell("printf '\\377\\376\\000\\200x'");
    assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0x80, 'x'}, output.bytes());
  }

  @Test
  void aGigabyteOfOutputNeitherStallsNorFillsTheMemory() {
    AtomicLong count = new AtomicLong();
    Exit exit =
        commands()
            .run(
                command(List.of("head", "-c", "1000000000", "/dev/zero"), LONG, Map.of()),
                (bytes, offset, length) -> count.addAndGet(length),
                new Interruption());
    assertEquals(new Exit.Status(0), exit);
    assertEquals(1_000_000_000L, count.get());
  }

  @Test
  void aProgramWithASlashIsTakenRelativeToTheDirectory() throws IOException {
    script("run", "echo here", "rwxr-xr-x");
    assertEquals(new Exit.Status(0), run("./run"));
    assertEquals("here\n", output.text());
  }

  @Test
  void whatCannotBeStartedIsSaid() throws IOException {
    script("plain", "echo here", "rw-r--r--");
    assertEquals("there is no executable file ./missing in " + directory, notStarted("./missing"));
    assertEquals("there is no executable file ./plain in " + directory, notStarted("./plain"));
    assertTrue(notStarted("no-such-program").startsWith("there is no program no-such-program on"));
    assertEquals("the command is empty", notStarted());
    assertTrue(notStarted("echo", "a\0b").contains("null character"));
  }

  @Test
  void aMissingDirectoryIsSaid() {
    Path missing = directory.resolve("missing");
    Command command = new Command(List.of("true"), missing, Map.of(), state.toString(), LONG, null);
    assertEquals(
        new Exit.NotStarted("there is no directory " + missing),
        commands().run(command, output, new Interruption()));
  }

  @Test
  void withoutSetsidNothingIsStarted() {
    Map<String, String> runner = Map.of("PATH", directory.toString());
    assertEquals(
        new Exit.NotStarted("there is no program setsid on PATH; install util-linux"),
        new ProcessCommands(new Launcher(runner))
            .run(command(List.of("true"), LONG, Map.of()), output, new Interruption()));
  }

  @Test
  void anOutputThatFailsEndsTheCommandAndIsReported() {
    Output broken =
        (bytes, offset, length) -> {
          throw new IllegalStateException("full");
        };
    Command command = command(List.of("sh", "-c", "echo x; exec sleep 1000"), LONG, Map.of());
    Exception thrown =
        assertThrows(
            RuntimeException.class, () -> commands().run(command, broken, new Interruption()));
    assertInstanceOf(IllegalStateException.class, thrown.getCause());
    assertEquals(List.of(), Marked.job(state.toString()).living());
  }

  private ProcessCommands commands() {
    return new ProcessCommands();
  }

  private Exit shell(String script) {
    return run("sh", "-c", script);
  }

  private Exit run(String... arguments) {
    return commands().run(command(List.of(arguments), LONG, Map.of()), output, new Interruption());
  }

  private String notStarted(String... arguments) {
    return assertInstanceOf(Exit.NotStarted.class, run(arguments)).why();
  }

  private Command command(
      List<String> arguments, Duration timeout, Map<String, String> environment) {
    return new Command(arguments, directory, environment, state.toString(), timeout, null);
  }

  private void script(String name, String text, String mode) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
