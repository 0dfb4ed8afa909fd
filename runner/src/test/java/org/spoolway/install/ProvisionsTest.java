package org.spoolway.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class ProvisionsTest {

  @TempDir private Path directory;
  private HostToBe host;

  @BeforeEach
  void make() throws IOException {
    host = new HostToBe(Files.createDirectory(directory.resolve("host")));
  }

  @Test
  void whatIsDoneIsToldInItsOrder() throws Exception {
    Path root = host.site().application().root();
    assertEquals(
        List.of(
            "install the packages caddy",
            "make the directory " + root,
            "make the directory " + root.resolve("releases"),
            "make the directory " + root.resolve("shared"),
            "make the directory " + root.resolve("snapshots"),
            "make the directory " + root.resolve("shared/media"),
            "write " + host.environment() + " with new secrets"),
        host.install().subList(0, 7));
  }

  @Test
  void aSecondInstallChangesNothing() throws Exception {
    host.install();
    Map<String, String> tree = host.tree();
    String secrets = Files.readString(host.environment());
    int asked = changes().size();
    assertEquals(List.of(), host.install());
    assertEquals(tree, host.tree());
    assertEquals(secrets, Files.readString(host.environment()));
    assertEquals(asked, changes().size());
  }

  /** The programs that did more than look. */
  private List<String> changes() {
    return host.commands.ran().stream()
        .map(Commands.Command::display)
        .filter(line -> !line.startsWith("dpkg-query") && !line.contains("is-active"))
        .toList();
  }

  @Test
  void lookingChangesNothing() throws Exception {
    Map<String, String> tree = host.tree();
    for (Provision provision : host.provisions()) {
      assertTrue(provision.missing().isPresent() || provision instanceof Account);
    }
    assertEquals(tree, host.tree());
    assertEquals(List.of(), changes());
  }

  @Test
  void anInstallCutShortBetweenAnyTwoIsFinishedByTheNext() throws Exception {
    host.install();
    Map<String, String> whole = host.tree();
    for (int most = 0; most < host.provisions().size(); most++) {
      HostToBe other = new HostToBe(Files.createDirectory(directory.resolve("host-" + most)));
      other.install(most);
      String secrets =
          Files.exists(other.environment()) ? Files.readString(other.environment()) : null;
      other.install();
      assertEquals(whole, other.tree(), "after " + most);
      if (secrets != null) {
        assertEquals(secrets, Files.readString(other.environment()));
      }
      assertEquals(List.of(), other.install());
    }
  }

  @Test
  void everyPlaceOfASecretAndEveryHostGetsAnotherOne() throws Exception {
    host.install();
    HostToBe other = new HostToBe(Files.createDirectory(directory.resolve("other")));
    other.install();
    List<String> one = Files.readAllLines(host.environment());
    List<String> two = Files.readAllLines(other.environment());
    String key = one.get(0).substring("KEY=".length());
    assertTrue(
        key.matches("[A-Za-z0-9_-]{43}"), "256 bits, and nothing that a shell takes for its own");
    assertNotEquals(key, one.get(1).substring("SALT=".length()));
    assertNotEquals(one.get(0), two.get(0));
    assertEquals("AT=" + host.site().application().root(), one.get(2));
  }

  @Test
  void settingsThatAreThereAreNotOverwritten() throws Exception {
    host.install(7);
    Files.writeString(host.environment(), "KEY=theirs\n");
    host.install();
    assertEquals("KEY=theirs\n", Files.readString(host.environment()));
  }

  @Test
  void whatIsPrivateIsOpenToNobodyElse() throws Exception {
    host.install();
    Map<String, String> tree = host.tree();
    assertEquals("rwx------", tree.get("lib/notes"));
    assertEquals("rwx------", tree.get("srv/apps/notes/snapshots"));
    assertEquals("rwxr-xr-x", tree.get("srv/apps/notes/shared"));
    assertEquals("rw-------", tree.get("srv/apps/notes/shared/.env"));
    assertEquals("rw-r----- name = \"notes\"\n", tree.get("etc/deployments/notes.toml"));
  }

  @Test
  void aDeploymentFileThatSaysSomethingElseIsReplaced() throws Exception {
    host.install();
    Path file = host.layout.deploymentFile("notes");
    Files.writeString(file, "name = \"wiki\"\n");
    assertEquals(
        List.of("replace " + file + " by " + host.directory.resolve("notes.toml")), host.install());
  }

  @Test
  void whoeverTellsPeopleIsAnAccountThatIsNeeded() throws Exception {
    host.deployment =
        Deployments.telling(
            host.deployment,
            new Deployment.Notification(
                Deployment.Event.USUAL,
                List.of(List.of("tell")),
                "notes-tell",
                Duration.ofMinutes(1),
                null,
                null));
    List<String> missing = new ArrayList<>();
    for (Provision provision : host.provisions()) {
      provision.missing().ifPresent(missing::add);
    }
    assertTrue(missing.contains("create the account notes-tell"), missing::toString);
  }

  @Test
  void aListOfPackagesThatIsTooOldIsRenewedOnce() throws Exception {
    host.commands.on("apt-get", (c, o, i) -> new Commands.Exit.Status(isUpdate(c) ? 0 : 100));
    ProblemException e = assertThrows(ProblemException.class, host::install);
    assertEquals(Problem.INSTALL_FAILED, e.problem());
    assertTrue(String.valueOf(e.getMessage()).startsWith("cannot install caddy with `apt-get "));
    assertEquals(1, changes().stream().filter(line -> line.contains(" update ")).count());
  }

  private static boolean isUpdate(Commands.Command command) {
    return command.arguments().get(1).equals("update");
  }

  @Test
  void whatAHostAnsweredIsShown() throws Exception {
    host.install(2);
    host.commands.on("systemctl", org.spoolway.host.FakeCommands.printing("no such unit", 5));
    ProblemException e = assertThrows(ProblemException.class, host::install);
    assertEquals(
        "cannot start spoolway.service with `systemctl start spoolway.service`: no such unit",
        e.getMessage());
  }
}
