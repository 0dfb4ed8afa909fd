package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;

class SystemdConfigurationTest {

  @TempDir private Path directory;

  private final FakeCommands commands = new FakeCommands();
  private final SystemdConfiguration host =
      new SystemdConfiguration(
          commands, new StateDir(Path.of("/var/lib/spoolway/notes")), HostDir.system());
  private String caddy = "loaded";

  @BeforeEach
  void makeProxyThatCannotBeReloaded() {
    commands.on(
        "systemctl",
        (command, output, interruption) -> {
          if (command.arguments().contains("show")) {
            byte[] answer = ("LoadState=" + caddy + "\n").getBytes(StandardCharsets.UTF_8);
            output.write(answer, 0, answer.length);
            return new Exit.Status(0);
          }
          return new Exit.Status(command.arguments().contains("daemon-reload") ? 0 : 5);
        });
  }

  @Test
  void aProxyThatDoesNotFollowIsAFailure() {
    assertThrows(ProblemException.class, () -> host.reload(Set.of(Reader.CADDY)));
  }

  /** Otherwise a deployment could not be taken off a host that has no proxy any more. */
  @Test
  void aProxyThatIsNotThereReadsNothing() throws Exception {
    caddy = "not-found";
    host.reload(Set.of(Reader.SYSTEMD, Reader.CADDY));
    assertEquals(
        List.of("daemon-reload"),
        commands.ran().stream()
            .map(command -> command.arguments().get(2))
            .filter(verb -> verb.endsWith("reload"))
            .toList());
  }

  /** Another deployment's may fail, for its application can put a link in the way of its own. */
  @Test
  void onlyTheDeploymentsOwnDirectoriesAreMade() throws Exception {
    HostDir elsewhere = new HostDir(directory.resolve("etc"), directory.resolve("run"));
    FakeCommands silent = new FakeCommands();
    SystemdConfiguration configuration =
        new SystemdConfiguration(silent, new StateDir(directory.resolve("lib/notes")), elsewhere);

    configuration.reload(Set.of(Reader.TMPFILES));
    assertEquals(List.of(), silent.ran());

    Path file = elsewhere.tmpfiles("notes");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "d /run/notes\n");
    configuration.reload(Set.of(Reader.TMPFILES));
    assertEquals(
        List.of(List.of("systemd-tmpfiles", "--create", file.toString())),
        silent.ran().stream().map(Command::arguments).toList());
  }
}
