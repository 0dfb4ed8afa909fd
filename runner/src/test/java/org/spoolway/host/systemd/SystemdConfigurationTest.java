package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;

class SystemdConfigurationTest {

  @TempDir private Path directory;

  /** Another deployment's may fail, for its application can put a link in the way of its own. */
  @Test
  void onlyTheDeploymentsOwnDirectoriesAreMade() throws Exception {
    HostDir host = new HostDir(directory.resolve("etc"), directory.resolve("run"));
    FakeCommands commands = new FakeCommands();
    SystemdConfiguration configuration =
        new SystemdConfiguration(commands, new StateDir(directory.resolve("lib/notes")), host);

    configuration.reload(Set.of(Reader.TMPFILES));
    assertEquals(List.of(), commands.ran());

    Path file = host.tmpfiles("notes");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "d /run/notes\n");
    configuration.reload(Set.of(Reader.TMPFILES));
    assertEquals(
        List.of(List.of("systemd-tmpfiles", "--create", file.toString())),
        commands.ran().stream().map(Command::arguments).toList());
  }
}
