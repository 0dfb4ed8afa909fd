package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.FakeCommands;
import org.spoolway.hostfile.FakeHostConfiguration;
import org.spoolway.hostfile.HostConfiguration.Unit;
import org.spoolway.layout.HostDir;

/** What {@code doctor} finds of a deployment that has units, accounts and a proxy. */
class DoctorOfHostsTest {

  private static final String FILE =
      """
      [service]
      type = "systemd"
      units = ["notes.socket", "notes.service"]
      [host]
      user = "ada"
      [deploy]
      from = "deploy"
      proxy = "caddy"
      """;

  private static final String SERVICE = "[Service]\nUser=@USER@\nRuntimeDirectory=notes\n";

  @TempDir private Path directory;
  private Home home;
  private FakeHostConfiguration host;
  private HostDir there;

  @BeforeEach
  void install() throws IOException {
    home = Home.withNotes(Files.createDirectory(directory.resolve("home")));
    home.deployment("notes", FILE);
    host = new FakeHostConfiguration(directory.resolve("host"));
    there = host.directories();
    home.machine.configuration = host;
    release("1.2.0", "8080");
    Path caddyfile = there.caddyfile();
    Files.createDirectories(caddyfile.getParent());
    Files.writeString(caddyfile, "{\n\torder error before handle\n}\nimport spoolway.d/*.caddy\n");
  }

  private void release(String version, String socket) throws IOException {
    home.machine.sources.publish(
        version,
        Map.of(
            "deploy/notes.service",
            SERVICE,
            "deploy/notes.socket",
            "[Socket]\nListenStream=" + socket + "\n",
            "deploy/proxy.caddy",
            "notes.example.org {\n}\n"),
        "");
    home.run("enqueue", "notes", "update");
    home.drain();
  }

  @Test
  void aSoundHostHasNothingWrong() {
    FakeMachine.Ran ran = home.run("doctor");
    assertEquals(0, ran.code(), ran.out());
    assertTrue(ran.out().contains("all are enabled, and none has failed"), ran.out());
  }

  @Test
  void aUnitThatIsMaskedMissingDisabledOrFailedIsFound() {
    host.put("notes.service", new Unit("masked", "masked", "inactive"));
    DoctorFinding.assertOnly(
        home,
        "cannot rely on notes.service: it is masked",
        "Run `systemctl unmask notes.service`.");
    host.put("notes.service", new Unit("not-found", "", "inactive"));
    DoctorFinding.assertOnly(
        home, "notes.service: systemd knows no such unit", "Correct `service.units`");
    host.put("notes.service", new Unit("loaded", "disabled", "active"));
    DoctorFinding.assertOnly(
        home, "it does not start with the host", "Run `systemctl enable notes.service`.");
    host.put("notes.service", new Unit("loaded", "enabled", "failed"));
    DoctorFinding.assertOnly(
        home, "notes.service: it has failed", "Read `journalctl --unit=notes.service`");
    host.put("notes.service", new Unit("bad-setting", "", "inactive"));
    DoctorFinding.assertOnly(
        home, "systemd calls it bad-setting", "Run `systemd-analyze verify notes.service`");
  }

  @Test
  void theRunnersOwnUnitsAreLookedAtToo() {
    host.put("spoolway.service", new Unit("loaded", "enabled", "inactive"));
    DoctorFinding.assertOnly(
        home, "spoolway.service: it is inactive", "Run `systemctl start spoolway.service`.");
    host.put("spoolway.service", FakeHostConfiguration.SOUND);
    host.put("spoolway-recover.service", new Unit("loaded", "disabled", "active"));
    DoctorFinding.assertOnly(
        home,
        "spoolway-recover.service: it does not start",
        "Run `systemctl enable spoolway-recover.service`.");
  }

  @Test
  void aFileThatSomebodyChangedIsShownWithWhatPutsItBack() throws Exception {
    Files.writeString(there.unit("notes.service"), "[Service]\nUser=root\n");
    FakeMachine.Ran ran = home.run("doctor");
    assertTrue(
        ran.out().contains("cannot rely on notes.service: not as it was installed"), ran.out());
    assertTrue(ran.out().contains("-User=root\n") && ran.out().contains("+User=ada\n"), ran.out());
    assertTrue(ran.out().contains("Fix: Run `spoolway install " + file() + "`"), ran.out());
  }

  private Path file() {
    return home.layout.deploymentFile("notes");
  }

  @Test
  void whatDoctorSaysPutsBackWhatSomebodyChanged() throws Exception {
    Path unit = there.unit("notes.service");
    String installed = Files.readString(unit);
    Files.writeString(unit, "[Service]\nUser=root\n");
    Files.delete(there.unit("notes.socket"));
    host.forget();
    String would = home.run("install", "--dry-run", file().toString()).out();
    assertTrue(would.contains("would put back notes.service, notes.socket\n"), would);
    assertFalse(Files.exists(there.unit("notes.socket")));
    FakeMachine.Ran ran = home.run("install", file().toString());
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertEquals(installed, Files.readString(unit)),
        () -> assertTrue(Files.exists(there.unit("notes.socket"))),
        () ->
            assertEquals(List.of("reload [SYSTEMD, CADDY]", "enable [notes.socket]"), host.calls()),
        () -> assertEquals(0, home.run("doctor").code()));
  }

  @Test
  void anAdditionThatIsGoneIsFound() throws Exception {
    Files.delete(there.dropIn("notes.service"));
    String out = home.run("doctor").out();
    assertTrue(out.contains("it may start before recovery has decided"), out);
    assertTrue(out.endsWith("2 to put right\n"), out);
  }

  @Test
  void aSocketThatGoesWithItsServiceIsFound() throws Exception {
    Path templates = Files.createDirectory(directory.resolve("templates"));
    Files.writeString(templates.resolve("notes.service"), SERVICE);
    Files.writeString(
        templates.resolve("notes.socket"), "[Socket]\nListenStream=/run/notes/web.sock\n");
    Files.writeString(templates.resolve("proxy.caddy"), "notes.example.org {\n}\n");
    home.deployment("notes", FILE.replace("\"deploy\"", "\"" + templates + "\""));
    release("1.3.0", "8080");
    DoctorFinding.assertOnly(
        home,
        "cannot keep /run/notes/web.sock: it lies in the RuntimeDirectory",
        "Have it listen at /run/notes.sock");
  }

  @Test
  void anAccountThatCanBeMoreThanItselfIsFound() {
    home.machine.commands.on("id", FakeCommands.printing("ada spoolway\n", 0));
    DoctorFinding.assertOnly(
        home, "cannot keep ada to itself: it is in group spoolway", "Run `gpasswd --delete ada");
    home.machine.commands.on("id", FakeCommands.printing("ada\n", 0));
    home.machine.commands.on(
        "sudo",
        FakeCommands.printing("User ada may run the following commands on h:\n (root) ALL\n", 0));
    DoctorFinding.assertOnly(
        home, "cannot keep ada to itself: sudo lets it", "Run `sudo -l -U ada`");
    assertTrue(
        home.machine.commands.ran().stream()
            .map(Command::display)
            .anyMatch("sudo -n -l -U ada"::equals));
  }

  @Test
  void everyoneWhoMayAskForSomeThingsIsLookedAtAndNobodyWhoMayAskForAll() throws Exception {
    home.deployment(
        "notes",
        FILE
            + """
            [origins.web]
            owners = ["ada", "eve"]
            actions = ["check"]
            [origins.operator]
            owners = ["mallory"]
            actions = ["*"]
            """);
    home.machine.commands.on("id", FakeCommands.printing("docker\n", 0));
    String out = home.run("doctor").out();
    assertAll(
        () -> assertTrue(out.contains("cannot keep ada to itself: it is in group docker"), out),
        () -> assertTrue(out.contains("cannot keep eve to itself: it is in group docker"), out),
        () -> assertFalse(out.contains("cannot keep mallory"), out));
  }

  @Test
  void anAccountOfTheApplicationThatIsMissingIsFound() throws Exception {
    home.deployment("notes", FILE.replace("user = \"ada\"", "user = \"nobody-here\""));
    String out = home.run("doctor").out();
    assertTrue(out.contains("cannot find the user nobody-here of `host.user`"), out);
  }

  @Test
  void rootAmongTheOwnersOfAnApplicationsInboxIsFound() throws Exception {
    home.deployment(
        "notes", FILE + "[origins.operator]\nowners = [\"ada\", \"root\"]\nactions = [\"*\"]\n");
    assertTrue(
        home.run("doctor").out().contains("through operator: root is one of several owners"));
  }

  /** As the samples have it. */
  @Test
  void rootBesideTheGroupOfThoseWhoLookAfterTheHostIsNone() throws Exception {
    home.deployment(
        "notes", FILE + "[origins.operator]\nowners = [\"root\", \"@ada\"]\nactions = [\"*\"]\n");
    assertFalse(home.run("doctor").out().contains("through operator"));
  }

  @Test
  void aHoldThatIsLeftIsFound() throws Exception {
    Files.createDirectories(there.hold("notes").getParent());
    Files.createFile(there.hold("notes"));
    DoctorFinding.assertOnly(
        home, "recovery has not decided what is live", "Run `spoolway recover notes`");
  }

  @Test
  void aProxyWithoutItsSnippetIsFound() throws Exception {
    Files.delete(there.caddyfile());
    DoctorFinding.assertOnly(
        home, there.caddyfile() + " lacks what releases need", "Add `order error");
    Files.delete(there.caddy("notes"));
    assertTrue(home.run("doctor").out().contains("the proxy has no " + there.caddy("notes")));
  }

  @Test
  void aCaddyfileThatLetsRequestsThroughWhileTheSiteIsClosedIsFound() throws Exception {
    Files.writeString(there.caddyfile(), "import spoolway.d/*.caddy\n");
    DoctorFinding.assertOnly(
        home, there.caddyfile() + " lacks what releases need", "Add `order error before handle`");
  }

  @Test
  void aClockThatNobodySetsIsOnlyMentioned() {
    home.machine.commands.on("timedatectl", FakeCommands.printing("no\n", 0));
    FakeMachine.Ran ran = home.run("doctor");
    assertEquals(0, ran.code(), ran.out());
    assertTrue(ran.out().contains("fine   time           not synchronised"), ran.out());
  }

  @Test
  void whatOthersCanChangeOrReadIsFound() throws Exception {
    Path root = home.path.resolve("roots/notes");
    Path file = root.resolve("releases/1.2.0/deploy/notes.service");
    Files.setAttribute(file, "unix:mode", 0666);
    DoctorFinding.assertOnly(
        home, "cannot rely on " + file + ": others can write it", "Run `chmod o-w " + file);
    Files.setAttribute(file, "unix:mode", 0644);
    Path env = Files.createFile(Files.createDirectories(root.resolve("shared")).resolve(".env"));
    Files.setAttribute(env, "unix:mode", 0644);
    DoctorFinding.assertOnly(home, "cannot keep " + env + " secret", "Run `chmod 640 " + env);
    Files.setAttribute(env, "unix:mode", 0640);
    Files.setAttribute(env.getParent(), "unix:mode", 0777);
    DoctorFinding.assertOnly(home, "can exchange it", "Run `chown ");
    Files.setAttribute(env.getParent(), "unix:mode", 0755);
    assertEquals(0, home.run("doctor").code());
  }

  /** As {@code migrate-layout} leaves them: root's directory, and the secrets of the checkout. */
  @Test
  void secretsOfTheApplicationMayLieInADirectoryOfRoots() throws Exception {
    Path shared = Files.createDirectories(home.path.resolve("roots/notes/shared"));
    assumeTrue((Integer) Files.getAttribute(shared, "unix:uid") == 0, "only root can give away");
    Path env = Files.createFile(shared.resolve(".env"));
    Files.setAttribute(env, "unix:mode", 0600);
    Files.setAttribute(env, "unix:uid", 65534);
    assertEquals(0, home.run("doctor").code(), home.run("doctor").out());
    Files.setAttribute(shared, "unix:uid", 65533);
    DoctorFinding.assertOnly(
        home, "can exchange it", "Run `chown root " + shared + "` and `chmod 755 " + shared);
  }

  @Test
  void dataThatOthersCanChangeAreFound() throws Exception {
    home.deployment("notes", FILE + "[database]\ntype = \"sqlite\"\npath = \"shared/notes.db\"\n");
    Path shared = Files.createDirectories(home.path.resolve("roots/notes/shared"));
    Files.setAttribute(shared, "unix:mode", 0777);
    DoctorFinding.assertOnly(
        home, "cannot rely on " + shared + ": others can write it", "Run `chmod o-w " + shared);
  }

  @Test
  void snapshotsThatOthersCanEnterAreFound() throws Exception {
    Path snapshots = Files.createDirectories(home.path.resolve("roots/notes/snapshots"));
    Files.setAttribute(snapshots, "unix:mode", 0711);
    DoctorFinding.assertOnly(
        home, "cannot keep " + snapshots + " secret", "Run `chmod 700 " + snapshots);
  }

  @Test
  void snapshotsThatAServersAccountHasToPassMayBePassedAndNotListed() throws Exception {
    home.deployment("notes", FILE + "[database]\ntype = \"postgresql\"\nname = \"notes\"\n");
    Path snapshots = Files.createDirectories(home.path.resolve("roots/notes/snapshots"));
    Files.setAttribute(snapshots, "unix:mode", 0711);
    assertEquals(0, home.run("doctor").code(), home.run("doctor").out());
    Files.setAttribute(snapshots, "unix:mode", 0755);
    DoctorFinding.assertOnly(
        home, "cannot keep " + snapshots + " secret", "Run `chmod 711 " + snapshots);
  }
}
