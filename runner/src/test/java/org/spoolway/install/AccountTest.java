package org.spoolway.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.HostTools;
import org.spoolway.problem.ProblemException;

/** Accounts, and what is made for the application's alone to read. */
class AccountTest {

  private final FakeCommands commands = new FakeCommands();
  private final HostTools tools = new HostTools(commands, "/var/lib/spoolway/notes");

  private Account account(String name, Account.Kind kind) {
    return new Account(tools, name, kind);
  }

  @Test
  void whatThisHostHasIsNotMade() throws Exception {
    assertEquals(Optional.empty(), account(HostToBe.THERE, Account.Kind.USER).missing());
    assertEquals(Optional.empty(), account(HostToBe.THERE, Account.Kind.GROUP).missing());
    assertEquals(Optional.empty(), account("4711", Account.Kind.USER).missing());
  }

  @Test
  void anAccountThatIsMadeCannotLogIn() throws Exception {
    Account account = account("no-such-account", Account.Kind.USER);
    assertEquals(Optional.of("create the account no-such-account"), account.missing());
    account.bring();
    List<String> command = commands.ran().get(0).arguments();
    assertEquals("useradd", command.get(0));
    assertTrue(command.contains("--shell=/usr/sbin/nologin"), command::toString);
    assertEquals(List.of("--", "no-such-account"), command.subList(command.size() - 2, 8));
  }

  @Test
  void aGroupIsMadeAsOne() throws Exception {
    account("no-such-group", Account.Kind.GROUP).bring();
    assertEquals("groupadd --system -- no-such-group", commands.ran().get(0).display());
  }

  @Test
  void anAccountThatCannotBeMadeIsToldWithTheAnswer() {
    commands.on("useradd", FakeCommands.printing("useradd: cannot lock /etc/passwd\n", 1));
    ProblemException e =
        assertThrows(
            ProblemException.class, () -> account("no-such-account", Account.Kind.USER).bring());
    assertTrue(String.valueOf(e.getMessage()).endsWith(": useradd: cannot lock /etc/passwd"));
    commands.on("useradd", new Commands.Exit.NotStarted("no such program"));
    assertThrows(
        ProblemException.class, () -> account("no-such-account", Account.Kind.USER).bring());
  }

  @Test
  void theSettingsAreTheApplicationsGroupsToRead(@TempDir Path directory) throws Exception {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeTrue(root, "giving files away takes root");
    Path env = directory.resolve(".env");
    EnvironmentFile file =
        new EnvironmentFile(env, directory, "KEY=@SECRET@\n", Map.of(), HostToBe.there());
    Files.writeString(env, "KEY=half\n");
    Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-------"));
    assertEquals(Optional.of("let " + HostToBe.THERE + " read " + env), file.missing());
    file.bring();
    PosixFileAttributes is = Files.readAttributes(env, PosixFileAttributes.class);
    assertEquals(HostToBe.THERE, is.group().getName());
    assertEquals("root", is.owner().getName());
    assertEquals("rw-r-----", PosixFilePermissions.toString(is.permissions()));
    assertEquals("KEY=half\n", Files.readString(env));
    assertEquals(Optional.empty(), file.missing());
  }

  @Test
  void aPlaceholderWithoutAValueLeavesNoFile(@TempDir Path directory) {
    Path env = directory.resolve(".env");
    EnvironmentFile file = new EnvironmentFile(env, directory, "KEY=@DOMAIN@\n", Map.of(), null);
    assertThrows(ProblemException.class, file::bring);
    assertTrue(Files.notExists(env));
  }
}
