package org.spoolway.host.systemd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Commands;
import org.spoolway.host.CommandsContract;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.problem.ProblemException;

/** The real thing, where there is a systemd to ask. Its files must not lie in /tmp. */
final class UnitCommandsContractTest extends CommandsContract {

  private static final HostAccounts ACCOUNTS = new HostAccounts();

  private final CapturedOutput output = new CapturedOutput();

  @BeforeEach
  void onlyOnAHostOfSystemd() {
    boolean booted = Files.isDirectory(Path.of("/run/systemd/system"));
    assumeTrue(booted && ACCOUNTS.ownUid() == 0, "needs root, and systemd as the init process");
  }

  @Override
  protected Commands commands() {
    UnitCommands units =
        new UnitCommands(new ProcessCommands(), ACCOUNTS, List.of(), System.getenv());
    return new Confining(units, directory);
  }

  @Override
  protected List<String> printing(String text, int status) {
    return List.of("sh", "-c", "printf %s \"$1\"; exit \"$2\"", "sh", text, "" + status);
  }

  @Override
  protected List<String> hanging() {
    return List.of("sleep", "1000");
  }

  @Override
  protected List<String> missing() {
    return List.of("no-such-program");
  }

  @Test
  void deathByASignalIs128AndItsNumber() {
    assertEquals(new Commands.Exit.Status(128 + 15), shell("kill -TERM $$"));
    assertEquals(new Commands.Exit.Status(128 + 9), shell("kill -KILL $$"));
  }

  @Test
  void argumentsComeThroughAsTheyAre() {
    List<String> odd = List.of("$HOME", "$$", "${PATH}", "%n %%", "a \"b\" \\c", "", ";", "x\ny");
    List<String> arguments = new ArrayList<>(List.of("printf", "[%s]"));
    arguments.addAll(odd);
    run(arguments, directory);
    assertEquals("[" + String.join("][", odd) + "]", output.text());
  }

  @Test
  void aWritableDirectoryMayHaveAnyName() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("a \"b\" \\c %n $HOME"));
    assertEquals(new Commands.Exit.Status(0), run(List.of("sh", "-c", "echo > new"), odd));
    assertTrue(Files.exists(odd.resolve("new")));
  }

  @Test
  void nothingElseCanBeWrittenAndNoPrivilegeIsLeft() {
    shell("touch /var/x; touch /etc/x; ls /root; grep -E '^(CapEff|NoNewPrivs)' /proc/self/status");
    List<String> lines = output.text().lines().toList();
    assertTrue(lines.get(0).endsWith("Read-only file system"), output.text());
    assertTrue(lines.get(1).endsWith("Read-only file system"), output.text());
    assertTrue(lines.get(2).contains("/root"), output.text());
    assertEquals(List.of("CapEff:\t0000000000000000", "NoNewPrivs:\t1"), lines.subList(3, 5));
  }

  @Test
  void aProgramOfItsDirectoryThatCannotBeExecutedHasTheUsualStatus() throws Exception {
    Path script = Files.writeString(directory.resolve("run"), "#!/no/such/interpreter\n");
    assertTrue(script.toFile().setExecutable(true));
    assertEquals(new Commands.Exit.Status(127), run(List.of("./run"), directory));
  }

  @Test
  void whatIsLeftBehindIsGone() {
    assertEquals(new Commands.Exit.Status(0), shell("env -i setsid sleep 1000 & exit 0"));
    assertEquals(0, commands().endAll(directory.toString()));
  }

  @Test
  void theUnitOfARunnerThatWasKilledIsEndedThoughItHides() throws Exception {
    List<String> hiding =
        List.of("sh", "-c", "env -i setsid sleep 1000 </dev/null >/dev/null 2>&1 & wait");
    Commands.Confinement none =
        new Commands.Confinement(List.of(), List.of(), null, Commands.Network.NONE, null);
    UnitRequest request = new UnitRequest(in(directory, hiding), none, List.of(), Set.of());
    Process client = new ProcessBuilder(request.command().arguments()).inheritIO().start();
    try {
      await().until(() -> tasks() == 2);
    } finally {
      client.destroyForcibly().waitFor();
    }
    assertEquals(2, tasks());
    assertEquals(1, commands().endAll(directory.toString()));
    assertEquals(0, tasks());
    commands().requireAllEnded(directory.toString());
  }

  private int tasks() throws IOException {
    String unit = UnitRequest.unit(directory.toString());
    Process show =
        new ProcessBuilder("systemctl", "show", "--value", "--property=TasksCurrent", unit).start();
    String text = new String(show.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return text.matches("[0-9]+") ? Integer.parseInt(text) : 0;
  }

  private Commands.Exit shell(String script) {
    return run(List.of("sh", "-c", script), directory);
  }

  private Commands.Exit run(List<String> arguments, Path in) {
    return commands().run(in(in, arguments), output, new Interruption());
  }

  private Commands.Command in(Path in, List<String> arguments) {
    return new Commands.Command(
        arguments, in, Map.of(), directory.toString(), Duration.ofMinutes(5), null);
  }

  /** Confines every command to one directory. */
  private record Confining(Commands units, Path writable) implements Commands {

    @Override
    public Exit run(Command command, Output output, Interruption interruption) {
      Confinement confinement =
          new Confinement(
              List.of(writable, command.directory()), List.of(), null, Network.NONE, null);
      return units.run(command.confinedTo(confinement), output, interruption);
    }

    @Override
    public int endAll(String mark) {
      return units.endAll(mark);
    }

    @Override
    public void requireAllEnded(String mark) throws ProblemException {
      units.requireAllEnded(mark);
    }
  }
}
