package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Commands.Limits;
import org.spoolway.host.Commands.Network;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.Interruption;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What is asked of systemd, and what its answers mean. */
final class UnitCommandsTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(15);
  private static final Limits LIMITS = new Limits(1 << 30, 100, 20);
  private static final Confinement BUILD =
      new Confinement(
          List.of(Path.of("/opt/wiki/releases/1")),
          List.of(Path.of("/opt/wiki/snapshots")),
          "spoolway/wiki",
          Network.NONE,
          LIMITS);

  @TempDir private Path directory;
  private final FakeCommands host = new FakeCommands();
  private final CapturedOutput output = new CapturedOutput();

  @Test
  void aBuildIsAskedForWithAllItsLimits() {
    run(command("sh", BUILD));
    List<String> asked = host.ran().get(0).arguments();
    assertEquals("systemd-run", asked.get(0));
    assertEquals(
        List.of("--", "setpriv", "--nnp", "--", "sh", "a$$b"),
        asked.subList(asked.size() - 6, asked.size()));
    assertTrue(
        asked.containsAll(
            List.of(
                "--service-type=oneshot",
                "--uid=root",
                "--property=ProtectSystem=strict",
                "--property=ReadWritePaths=\"-/opt/wiki/releases/1\"",
                "--property=InaccessiblePaths=\"-/var/lib/spoolway\" \"-/opt/wiki/snapshots\"",
                "--property=CacheDirectory=spoolway/wiki",
                "--property=PrivateNetwork=yes",
                "--property=MemoryMax=1073741824",
                "--property=TasksMax=100",
                "--property=CPUWeight=20",
                "--property=TimeoutStartSec=930000ms",
                "--setenv=HOME",
                "--setenv=LANG",
                "--setenv=SECRET",
                "--setenv=SPOOLWAY_STATE_DIRECTORY")),
        asked::toString);
    assertFalse(asked.contains("--setenv=NOTIFY_SOCKET"), asked::toString);
    assertEquals(1, host.ran().size());
  }

  @Test
  void valuesOfTheEnvironmentAreKeptOffTheCommandLine() {
    run(command("sh", BUILD));
    Command asked = host.ran().get(0);
    assertFalse(asked.display().contains("s3cret"), asked.display());
    assertEquals("s3cret", asked.environment().get("SECRET"));
    assertEquals("/var/cache/spoolway/wiki", asked.environment().get("XDG_CACHE_HOME"));
  }

  @Test
  void aMigrationHasNoLimitsAndTheNetworkOfTheHost() {
    run(command("sh", new Confinement(List.of(), List.of(), null, Network.HOST, null)));
    String asked = host.ran().get(0).display();
    for (String name : List.of("MemoryMax", "TasksMax", "Weight", "PrivateNetwork", "HOME=")) {
      assertFalse(asked.contains(name), asked);
    }
  }

  @Test
  void aCommandWithoutAConfinementRunsAsBefore() {
    Command free = command("sh", null);
    run(free);
    assertEquals(List.of(free), host.ran());
  }

  @Test
  void whatSystemdSaysOfAFailureIsTold() {
    assertEquals(new Exit.Status(3), failing("exit-code", 3));
    assertEquals(new Exit.Status(137), failing("signal", 9));
    assertEquals(new Exit.Status(139), failing("core-dump", 11));
    assertEquals(new Exit.TimedOut(TIMEOUT), failing("timeout", 15));
    assertEquals(new Exit.OutOfMemory(1 << 30), failing("oom-kill", 9));
    assertInstanceOf(Exit.NotStarted.class, failing("resources", 0));
  }

  @Test
  void aFailedUnitIsForgotten() {
    failing("exit-code", 3);
    assertEquals(
        List.of("show", "stop", "reset-failed"),
        host.ran().stream()
            .filter(command -> command.arguments().get(0).equals("systemctl"))
            .map(command -> command.arguments().get(1))
            .toList());
  }

  @Test
  void theUnitOfAnEarlierStartSaysNothingOfThisOne() {
    host.on("systemd-run", FakeCommands.printing("Unit was already loaded\n", 1));
    host.on("systemctl", show("Description=Command of another start\nResult=exit-code\n"));
    assertEquals(
        new Exit.NotStarted("systemd started no unit for it: Unit was already loaded"),
        run(command("sh", BUILD)));
  }

  @Test
  void whereSystemdDoesNotAnswerNothingIsTakenForEnded() {
    host.on("systemctl", new Exit.Status(1));
    UnitCommands units = units();
    ProblemException thrown =
        assertThrows(ProblemException.class, () -> units.requireAllEnded(directory.toString()));
    assertEquals(Problem.COMMAND_NOT_ENDED, thrown.problem());
  }

  @Test
  void aUnitWithAProcessThatCannotBeKilledIsNotEnded() {
    host.on("systemctl", show("ActiveState=failed\nTasksCurrent=1\n"));
    UnitCommands units = units();
    assertThrows(ProblemException.class, () -> units.requireAllEnded(directory.toString()));
  }

  @Test
  void theUnitOfARunnerThatWasKilledIsStoppedAndCounted() throws ProblemException {
    host.on("systemctl", show("ActiveState=activating\nTasksCurrent=3\n"));
    assertEquals(1, units().endAll(directory.toString()));
    host.on("systemctl", show("ActiveState=inactive\nTasksCurrent=[not set]\n"));
    units().requireAllEnded(directory.toString());
  }

  @Test
  void whatCannotBeStartedIsSaidBeforeSystemdIsAsked() {
    assertTrue(notStarted(command("no-such-program", BUILD)).startsWith("there is no program no-"));
    assertTrue(notStarted(command("./none", BUILD)).startsWith("there is no executable file ./no"));
    assertEquals(List.of(), host.ran());
  }

  private Exit failing(String result, int status) {
    host.on("systemd-run", FakeCommands.printing("", 1));
    host.on(
        "systemctl",
        (command, answer, interruption) -> {
          String started =
              host.ran().stream()
                  .flatMap(ran -> ran.arguments().stream())
                  .filter(argument -> argument.startsWith("--description="))
                  .reduce("", (earlier, later) -> later);
          String facts =
              "ActiveState=failed\nDescription="
                  + started.substring("--description=".length())
                  + ("\nResult=" + result + "\nExecMainStatus=" + status + "\n");
          return show(facts).run(command, answer, interruption);
        });
    return run(command("sh", BUILD));
  }

  private static FakeCommands.Effect show(String facts) {
    return FakeCommands.printing("LoadState=loaded\n" + facts, 0);
  }

  private String notStarted(Command command) {
    return assertInstanceOf(Exit.NotStarted.class, run(command)).why();
  }

  private Exit run(Command command) {
    return units().run(command, output, new Interruption());
  }

  private UnitCommands units() {
    return new UnitCommands(
        host,
        new HostAccounts(),
        List.of(Path.of("/var/lib/spoolway")),
        Map.of("LANG", "C.UTF-8", "NOTIFY_SOCKET", "/run/x", "PATH", "/usr/bin:/bin"));
  }

  private Command command(String program, @Nullable Confinement confinement) {
    return new Command(
        List.of(program, "a$b"),
        directory,
        Map.of("SECRET", "s3cret"),
        directory.toString(),
        TIMEOUT,
        "root",
        confinement);
  }
}
