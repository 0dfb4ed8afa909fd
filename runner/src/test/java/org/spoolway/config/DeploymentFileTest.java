package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.deployment.Deployment.ServiceType;
import org.spoolway.host.Commands.Network;
import org.spoolway.host.Database.CopyCommands;
import org.spoolway.migration.Rehearsal;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Updates;
import org.spoolway.schedule.Window;
import org.spoolway.schedule.Windows;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;
import org.spoolway.source.Channel;
import org.spoolway.source.Place;
import org.spoolway.source.Source;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;

class DeploymentFileTest {

  @TempDir Path path;
  private DeploymentFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new DeploymentFolder(path);
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    assertEquals(
        new Deployment(
            "notes",
            Path.of("/opt/notes"),
            new Source(
                new Place.Repository("https://example.org/notes.git"),
                Channel.STABLE,
                null,
                TrustedKeys.NONE,
                null),
            Updates.NONE,
            new Deployment.Build(
                List.of(), null, Duration.ofMinutes(15), Network.HOST, 2L << 30, 512),
            new Deployment.Shared(List.of(), List.of()),
            Deployment.Data.NONE,
            new Deployment.Migrate(
                List.of(),
                List.of(),
                List.of(),
                null,
                Duration.ofMinutes(30),
                null,
                Rehearsal.NONE),
            new Deployment.Service(
                ServiceType.NONE,
                List.of(),
                Map.of(),
                List.of(),
                Duration.ofMinutes(2),
                Duration.ofSeconds(10)),
            new Deployment.Health(null, null, Duration.ofSeconds(60), Duration.ZERO),
            new Deployment.Keep(3, 5, 30, 1000, 1 << 30),
            new Deployment.Notification(
                Event.USUAL, List.of(), null, Duration.ofMinutes(1), null, null),
            new Deployment.Metrics(null),
            Map.of(
                "operator",
                new Deployment.Origin(List.of(), EnumSet.allOf(Action.class), null, 1000)),
            Duration.ofSeconds(2),
            new Deployment.Floor(16 << 20, 1000),
            new Deployment.Host(List.of(), null),
            new Deployment.Deploy(null, Deployment.Proxy.NONE, Map.of()),
            new Deployment.Install(List.of(), null, ".env")),
        folder.read(DeploymentFolder.LEAST));
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Path example =
        Path.of("../queue-schema/src/test/resources/golden/deployment/valid/every-key.toml");
    assertEquals(
        new Deployment(
            "notes",
            Path.of("/opt/notes"),
            new Source(
                new Place.Repository("https://example.org/notes.git"),
                Channel.BETA,
                "3.1.*",
                new TrustedKeys(
                    List.of(
                        TrustedKey.parse(
                            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDg+vrtoutW6clyasiVK3DZZ+qa2FrucKCuk+l32Uunc alice@example.org"))),
                null),
            new Updates(
                Level.MINOR,
                Duration.ofHours(6),
                new Windows(
                    List.of(
                        Window.parse("Mon-Fri 02:00-04:00").orElseThrow(),
                        Window.parse("Sat,Sun 22:00-06:00").orElseThrow()),
                    ZoneId.of("Europe/Berlin")),
                Duration.ofDays(2),
                List.of(
                    new Hold(
                        "2026-12-24",
                        Instant.parse("2026-12-24T23:00:00Z"),
                        "exams",
                        new Version("4.0.0-rc.1")))),
            new Deployment.Build(
                List.of(List.of("uv", "sync", "--frozen"), List.of("make", "")),
                "notes-build",
                Duration.ofMinutes(15),
                Network.NONE,
                512L << 20,
                100),
            new Deployment.Shared(List.of(".env", "media", "var/cache"), List.of("media")),
            Deployment.Data.sqlite(Path.of("/opt/notes/shared/notes.db")),
            new Deployment.Migrate(
                List.of("./manage", "pending"),
                List.of(List.of("./manage", "migrate")),
                List.of(List.of("./manage", "contract")),
                "notes",
                Duration.ofMinutes(30),
                null,
                new Rehearsal(
                    Rehearsal.Wish.ALWAYS,
                    Map.of("DATABASE", "@DATABASE@", "PORT", "@PORT@"),
                    List.of("./serve", "--quiet"),
                    "http://localhost:@PORT@/health")),
            new Deployment.Service(
                ServiceType.PROCESS,
                List.of("./serve"),
                Map.of("PORT", "8080", "_EMPTY", ""),
                List.of(),
                Duration.ofMinutes(2),
                Duration.ofMillis(500)),
            new Deployment.Health(
                URI.create("http://127.0.0.1:8080/health"),
                "/version",
                Duration.ofMinutes(1),
                Duration.ofMinutes(5)),
            new Deployment.Keep(3, 5, 30, 200, 512L << 20),
            new Deployment.Notification(
                Set.of(Event.FAILED, Event.AVAILABLE),
                List.of(List.of("./tell")),
                "notes-tell",
                Duration.ofHours(1),
                new Deployment.Webhook(
                    URI.create("https://example.org/hooks/1?a=b"),
                    Path.of("/etc/spoolway/webhook.secret")),
                new Deployment.Mail(
                    List.of("admin@example.org", "root"),
                    "notes+spoolway@example.org",
                    Path.of("/usr/lib/sendmail"))),
            new Deployment.Metrics(
                Path.of("/var/lib/prometheus/node-exporter/spoolway-notes.prom")),
            Map.of(
                "web",
                new Deployment.Origin(
                    List.of("notes-web", "1001"),
                    Set.of(Action.CHECK, Action.UPDATE, Action.CANCEL),
                    "notes-web",
                    50),
                "operator",
                new Deployment.Origin(
                    List.of("root", "@spoolway"), EnumSet.allOf(Action.class), null, 1000),
                Deployment.AUTO,
                new Deployment.Origin(List.of(), Set.of(Action.CHECK, Action.UPDATE), null, 1000)),
            Duration.ZERO,
            new Deployment.Floor(64 << 20, 5000),
            new Deployment.Host(List.of(), null),
            new Deployment.Deploy(null, Deployment.Proxy.NONE, Map.of()),
            new Deployment.Install(List.of(), null, ".env")),
        folder.read(Files.readString(example)));
  }

  @Test
  void everyKeyOfAHostIsRead() throws Exception {
    Path example =
        Path.of("../queue-schema/src/test/resources/golden/deployment/valid/systemd.toml");
    Deployment read = folder.read(Files.readString(example));
    assertEquals(
        new Deployment.Service(
            ServiceType.SYSTEMD,
            List.of(),
            Map.of(),
            List.of("notes.socket", "notes.service", "notes-worker@1.service"),
            Duration.ofSeconds(90),
            Duration.ofMinutes(3)),
        read.service());
    assertEquals(
        new Deployment.Host(List.of("python3-venv", "libpq5", "g++"), "notes"), read.host());
    assertEquals(
        new Deployment.Deploy(
            "packaging/systemd", Deployment.Proxy.CADDY, Map.of("DOMAIN", "notes.example.org")),
        read.deploy());
    assertEquals(
        new Deployment.Install(
            List.of(List.of("./manage", "init")), "SECRET_KEY=@SECRET@\n", "config/notes.env"),
        read.install());
  }

  @Test
  void unitsHaveTwoMinutesToStopAndTheReleasesDirectoryIsCalledDeploy() throws Exception {
    Deployment read =
        folder.read(
            DeploymentFolder.LEAST
                + "[service]\ntype = \"systemd\"\nunits = [\"notes.service\"]\n[deploy]\n");
    assertEquals(Duration.ofMinutes(2), read.service().stopTimeout());
    assertEquals("deploy", read.deploy().from());
  }

  @Test
  void originsAndVariablesKeepTheOrderOfTheFile() throws Exception {
    Deployment read =
        folder.read(
            DeploymentFolder.LEAST
                + """
                [service]
                type = "none"
                env = { Z = "1", A = "2", M = "3" }
                [origins.web]
                owners = []
                actions = ["*"]
                [origins.cron]
                owners = []
                actions = []
                """);
    assertEquals(List.of("web", "cron"), List.copyOf(read.origins().keySet()));
    assertEquals(List.of("Z", "A", "M"), List.copyOf(read.service().env().keySet()));
    assertEquals(Set.of(), read.origins().get("cron").actions());
  }

  @Test
  void pathsAreMadeStraight() throws Exception {
    Deployment read =
        folder.read(
            DeploymentFolder.LEAST.replace("/opt/notes\"", "/opt//x/../notes/\"")
                + "[shared]\nlink = [\"a//b/\"]\n");
    assertEquals(Path.of("/opt/notes"), read.root());
    assertEquals(List.of("a/b"), read.shared().link());
  }

  @Test
  void byteOrderMarkAndForeignLineEndsAreTaken() throws Exception {
    String toml = "\ufeff" + DeploymentFolder.LEAST.replace("\n", "\r\n");
    assertEquals("notes", folder.read(toml).name());
    folder.assertRefusedWhole("line 6: unknown key \"source.x\"", toml + "x = 1\r\n");
  }

  @Test
  void privilegedRunnerDemandsAUserForEachTableWithCommands() throws Exception {
    String commands = "[build]\nrun = [[\"make\"]]\n[migrate]\nrun = [[\"./manage\"]]\n";
    assertEquals(null, folder.read(DeploymentFolder.LEAST + commands).build().user());
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> folder.read(DeploymentFolder.LEAST + commands, Runner.PRIVILEGED_ON_HOST));
    assertEquals(
        "cannot read "
            + folder.file()
            + ": 2 errors\n"
            + "  line 6: \"build.user\" is missing; a privileged runner builds and migrates only as a user that is named\n"
            + "  line 8: \"migrate.user\" is missing; a privileged runner builds and migrates only as a user that is named",
        refusal.getMessage());
    folder.read(DeploymentFolder.LEAST, Runner.PRIVILEGED_ON_HOST);
    folder.read(
        DeploymentFolder.LEAST + commands.replace("run", "user = \"notes\"\nrun"),
        Runner.PRIVILEGED_ON_HOST);
  }

  @Test
  void privilegedRunnerAtHomeDemandsAUserOnceOthersMayAsk() throws Exception {
    String build = DeploymentFolder.LEAST + "[build]\nrun = [[\"make\"]]\n";
    String web = "[origins.web]\nowners = [\"notes-web\"]\nactions = [\"update\"]\n";
    folder.read(build, Runner.PRIVILEGED_AT_HOME);
    folder.read(build + web, Runner.OWN_USER);
    folder.read(build + "user = \"notes\"\n" + web, Runner.PRIVILEGED_AT_HOME);
    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> folder.read(build + web, Runner.PRIVILEGED_AT_HOME));
    assertEquals(
        "cannot read "
            + folder.file()
            + ": line 6: \"build.user\" is missing; a privileged runner builds and migrates only as a user that is named",
        refusal.getMessage());
  }

  @Test
  void commandsThatCopyDataHaveDefaultsOfTheirOwnAndAUserWhereTheRunnerIsPrivileged()
      throws Exception {
    String commands =
        DeploymentFolder.LEAST
            + "[database]\ntype = \"command\"\nsnapshot = [[\"./copy\"]]\nrestore = [[\"./back\"]]\n";
    assertEquals(
        new CopyCommands(
            List.of(List.of("./copy")),
            List.of(List.of("./back")),
            List.of(),
            List.of(),
            List.of(),
            null,
            Duration.ofMinutes(30)),
        folder.read(commands).database().commands());
    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> folder.read(commands, Runner.PRIVILEGED_ON_HOST));
    assertEquals(
        "cannot read "
            + folder.file()
            + ": line 6: \"database.user\" is missing; a privileged runner copies data only as a user that is named",
        refusal.getMessage());
    Deployment read = folder.read(commands + "user = \"root\"\n", Runner.PRIVILEGED_ON_HOST);
    assertEquals("database.user", read.accounts().get(0).key());
  }

  @Test
  void askingWhatIsPendingIsACommandToo() {
    String pending = "[migrate]\npending = [\"./manage\"]\n";
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> folder.read(DeploymentFolder.LEAST + pending, Runner.PRIVILEGED_ON_HOST));
    assertEquals(
        "cannot read "
            + folder.file()
            + ": line 6: \"migrate.user\" is missing; a privileged runner builds and migrates only as a user that is named",
        refusal.getMessage());
  }

  @Test
  void nameMustBeThatOfTheFile() throws Exception {
    folder.assertRefusedWhole(
        "line 1: \"name\" must be \"notes\" as the file is called, not \"memos\"",
        DeploymentFolder.LEAST.replace("\"notes\"", "\"memos\""));
    Path memos = Files.writeString(path.resolve("memos.toml"), DeploymentFolder.LEAST);
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> DeploymentFile.read(memos, Runner.OWN_USER));
    assertTrue(refusal.getMessage().endsWith("\"memos\" as the file is called, not \"notes\""));
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws Exception {
    assertUnreadable("there is no such file");
    Files.createDirectory(folder.file());
    assertUnreadable("it is not a file");
    Files.delete(folder.file());
    Files.createSymbolicLink(folder.file(), path.resolve("nowhere"));
    assertUnreadable("there is no such file");
  }

  @Test
  void fileOfOneMebibyteIsReadAndNoLargerOne() throws Exception {
    byte[] large = new byte[DeploymentFile.MAX_BYTES];
    Arrays.fill(large, (byte) '\n');
    byte[] least = DeploymentFolder.LEAST.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(least, 0, large, 0, least.length);
    Files.write(folder.file(), large);
    assertEquals("notes", DeploymentFile.read(folder.file(), Runner.OWN_USER).name());
    Files.write(folder.file(), Arrays.copyOf(large, large.length + 1));
    assertUnreadable("it is larger than 1 MiB");
  }

  private void assertUnreadable(String observed) {
    ProblemException refusal =
        assertThrows(
            ProblemException.class, () -> DeploymentFile.read(folder.file(), Runner.OWN_USER));
    assertEquals("cannot read " + folder.file() + ": " + observed, refusal.getMessage());
  }
}
