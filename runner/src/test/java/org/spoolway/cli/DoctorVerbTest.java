package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.FakeDatabase;
import org.spoolway.host.FakeSources;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.RootsAccounts;
import org.spoolway.journal.Death;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.Gpg;

class DoctorVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    Path tools = Files.createDirectories(directory.resolve("tools"));
    Files.createFile(
        tools.resolve("make"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    home.machine.environment.put("PATH", "/nowhere:" + tools);
  }

  private void install() throws IOException {
    home.run("enqueue", "notes", "update", "--version", "1.0.0");
    home.drain();
  }

  @Test
  void soundDeploymentHasNothingWrong() throws Exception {
    FakeMachine.Ran before = home.run("doctor");
    assertEquals(0, before.code(), before.out());
    assertFalse(Files.exists(home.spool().path()));
    install();
    FakeMachine.Ran after = home.run("doctor", "notes");
    assertEquals(0, after.code(), after.out());
    assertTrue(after.out().endsWith("nothing is wrong\n"), after.out());
  }

  /** Where releases are candidates it has looked at those before. */
  @Test
  void whatAnEarlierCheckupHasKeptIsNotMissed() throws Exception {
    Files.createDirectories(home.state().candidates());
    FakeMachine.Ran ran = home.run("doctor");
    assertEquals(0, ran.code(), ran.out());
  }

  @Test
  void programsGetTheFindings() {
    String json = home.run("doctor", "--json").out();
    assertTrue(json.contains("\"subject\" : \"source\""), json);
    assertTrue(json.contains("\"fix\" : null"), json);
  }

  @Test
  void wrongFileIsShownWithItsFix() throws Exception {
    home.deployment("notes", "[biuld]\n");
    DoctorFinding.assertOnly(home, "notes.toml", "Correct the deployment file");
  }

  @Test
  void deploymentFileThatOthersMayWriteIsFound() throws Exception {
    Path file = directory.resolve("etc/deployments/notes.toml");
    Files.setAttribute(file, "unix:mode", 0666);
    DoctorFinding.assertOnly(home, "cannot rely on " + file + ": it ", "Run `chmod ");
  }

  @Test
  void directoryAboveTheSpoolThatOthersMayWriteIsFound() throws Exception {
    install();
    Path above = home.spool().path().getParent();
    Files.setAttribute(above, "unix:mode", 0777);
    DoctorFinding.assertOnly(home, "cannot rely on " + above + ": it ", "Run `chmod ");
  }

  @Test
  void inboxThatIsOpenToAllIsFound() throws Exception {
    install();
    Files.setAttribute(home.spool().inbox("operator"), "unix:mode", 0777);
    DoctorFinding.assertOnly(
        home,
        home.spool().inbox("operator") + " has mode 777, not 1730",
        "Run `chmod 1730 " + home.spool().inbox("operator") + "`.");
  }

  @Test
  void missingDirectoryIsFound() throws Exception {
    install();
    Files.delete(home.spool().inbox("operator"));
    String fix = "Start `spoolway run`, or restart it; it makes what is missing.\n";
    DoctorFinding.assertOnly(
        home,
        "cannot rely on the directories: " + home.spool().inbox("operator") + " is missing\n",
        fix);
    Files.delete(home.spool().inboxes());
    DoctorFinding.assertOnly(home, "directories: " + home.spool().inboxes() + " is missing\n", fix);
    Files.setAttribute(home.spool().processing(), "unix:mode", 0755);
    DoctorFinding.assertOnly(
        home,
        "processing has mode 755, not 700",
        "Run `chmod 700 " + home.spool().processing() + "`. " + fix);
    Files.setAttribute(home.spool().processing(), "unix:mode", 0700);
    home.drain();
    assertTrue(Files.isDirectory(home.spool().inbox("operator")));
  }

  @Test
  void groupIsComparedAsTheNumberThatItStandsFor() throws Exception {
    home.deployment("notes", "[origins.web]\nowners = [\"notes-web\"]\nactions = [\"*\"]\n");
    int gid = (int) Files.getAttribute(directory, "unix:gid");
    home.machine.accounts = new RootsAccounts(user -> Integer.toString(gid));
    assertEquals(0, home.run("run", "--drain").code(), home.machine.errText());
    FakeMachine.Ran sound = home.run("doctor");
    assertEquals(0, sound.code(), sound.out());
    home.machine.accounts = new RootsAccounts(user -> "4711");
    DoctorFinding.assertOnly(
        home,
        home.spool().inbox("web") + " has group ",
        "Run `chgrp 4711 " + home.spool().inbox("web") + "` and ");
    DoctorFinding.assertOnly(home, home.spool().logs("web") + " has group ", "Run `chgrp 4711 ");
  }

  @Test
  void missingProgramIsFound() throws Exception {
    home.deployment("notes", "[build]\nrun = [[\"make\"], [\"uv\", \"sync\"]]\n");
    DoctorFinding.assertOnly(home, "cannot find the program of `build.run` (uv)", "Install it");
  }

  @Test
  void programOfTheReleaseIsLookedForInTheLiveOne() throws Exception {
    home.deployment("notes", "[migrate]\nrun = [[\"./manage\"]]\n");
    assertEquals(0, home.run("doctor").code());
    install();
    DoctorFinding.assertOnly(
        home, "cannot find the program of `migrate.run` (./manage)", "Install it");
  }

  /** A search path would lead whoever reads it astray. */
  @Test
  void programOfTheRootIsLookedForThere() throws Exception {
    home.deployment("notes", "[notify]\nrun = [[\"./tell\"]]\n");
    String root = home.path.resolve("roots/notes").toString();
    DoctorFinding.assertOnly(
        home,
        "cannot find the program of `notify.run` (./tell): not in " + root + "\n",
        "Install it");
  }

  @Test
  void unreachableSourceIsFound() {
    home.machine.sources.fail(
        FakeSources.Method.CANDIDATES,
        new ProblemException(Problem.SOURCE_UNREACHABLE, "cannot reach the source: no route"));
    DoctorFinding.assertOnly(home, "cannot reach the source: no route", "Check `source.url`");
  }

  @Test
  void sourceWithoutReleasesIsFound() {
    home.machine.sources.withdraw("1.0.0");
    home.machine.sources.withdraw("1.1.0");
    DoctorFinding.assertOnly(home, "no tag is a semantic version", "Tag a release");
  }

  @Test
  void whatIsNoReleaseThoughItLooksLikeOneIsFound() {
    home.machine.sources.refuse("notes-2.0.0", "it is not signed");
    DoctorFinding.assertOnly(
        home, "cannot take notes-2.0.0 (it is not signed)", "Mend them, have their makers sign");
  }

  @Test
  void sickApplicationIsFound() throws Exception {
    home.deployment("notes", "[health]\nurl = \"http://127.0.0.1:1/\"\n");
    install();
    home.machine.probe = (version, interruption) -> new HealthProbe.Answer(false, "503");
    DoctorFinding.assertOnly(home, "cannot call 1.0.0 healthy: 503", "Open `health.url`");
  }

  @Test
  void errorOfTheVirtualMachineIsOurBug() throws Exception {
    home.deployment("notes", "[health]\nurl = \"http://127.0.0.1:1/\"\n");
    install();
    home.machine.probe =
        (version, interruption) -> {
          throw new Death("while asking");
        };
    FakeMachine.Ran ran = home.run("doctor");
    assertEquals(ExitCode.BUG.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: this is a bug in Spoolway"), ran.err());
  }

  @Test
  void rootThatIsNoDirectoryIsFound() throws Exception {
    Files.createDirectories(directory.resolve("roots"));
    Files.createFile(directory.resolve("roots/notes"));
    DoctorFinding.assertOnly(
        home, "cannot write " + directory.resolve("roots/notes"), "Give the runner's user");
  }

  @Test
  void noFaultHidesAnother() throws Exception {
    Files.createDirectories(directory.resolve("roots"));
    Files.createFile(directory.resolve("roots/notes"));
    home.deployment(
        "notes",
        """
        [shared]
        link = [".env", "media", "cache"]
        create = ["cache"]
        [database]
        type = "sqlite"
        path = "shared/notes.db"
        """);
    FakeDatabase database = FakeDatabase.inMemory();
    database.fail(FakeDatabase.Call.REQUIRE_READY, Problem.SNAPSHOT_FAILED);
    home.machine.database = database;
    FakeMachine.Ran ran = home.run("doctor");
    assertAll(
        () -> assertTrue(ran.out().contains("wrong  data "), ran.out()),
        () -> assertTrue(ran.out().contains("wrong  root "), ran.out()),
        () -> assertTrue(ran.out().contains("cannot link .env, media into a release"), ran.out()),
        () -> assertTrue(ran.out().endsWith("3 to put right\n"), ran.out()));
  }

  @Test
  void jobThatWasCutShortIsFound() throws Exception {
    home.run("enqueue", "notes", "update", "--id", "first");
    CutShort.in("fetch", home);
    DoctorFinding.assertOnly(home, "1 unfinished, and no runner lives", "Start `spoolway run`");
  }

  @Test
  void undoThatFailedIsFound() throws Exception {
    home.deployment("notes", "[service]\ntype = \"process\"\nrun = [\"make\"]\n");
    home.machine.services.failStart(
        new ProblemException(Problem.SERVICE_START_FAILED, "cannot start notes: it crashes"));
    home.machine.services.failStop(
        new ProblemException(Problem.SERVICE_STOP_FAILED, "cannot stop notes: it hangs"));
    home.run("enqueue", "notes", "update", "--id", "first");
    home.drain();
    DoctorFinding.assertOnly(
        home,
        "cannot start jobs: the undo of first failed",
        "Put right what `spoolway explain first` names, then run `spoolway recover notes`.");
  }

  @Test
  void damagedJournalIsFound() throws Exception {
    install();
    Files.writeString(home.state().path().resolve("damaged.1795255200000.000001.web"), "?");
    DoctorFinding.assertOnly(home, "is a damaged journal", "Check the disk");
  }

  @Test
  void clockThatWasSteppedBackIsFound() throws Exception {
    install();
    home.machine.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
    DoctorFinding.assertOnly(home, "cannot trust the clock", "Set the clock");
  }

  @Test
  void keyThatIsAboutToExpireIsFound(@TempDir Path scratch) throws Exception {
    try (Gpg gpg = new Gpg(scratch.resolve("gpg"))) {
      String id = gpg.makeKey("Ada <ada@example.org>", "ed25519", "sign", "20d");
      install();
      home.deployment("notes", "trust = [\"\"\"\n" + gpg.export(id) + "\"\"\"]\n");
      String name = "the OpenPGP key " + id + " (Ada <ada@example.org>): ";
      String fix = "Ask its owner for the renewed key";
      DoctorFinding.assertOnly(
          home, "cannot go on trusting " + name + "it expires within 30 days", fix);
      home.machine.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(25));
      DoctorFinding.assertOnly(home, "cannot go on trusting " + name + "it has expired", fix);
    }
  }

  @Test
  void sourceIsJudgedByChannelAndPin() throws Exception {
    home.machine.sources.publish("2.0.0-rc.1", Map.of("app", "three"), "Nearly");
    String out = home.run("doctor").out();
    assertTrue(
        out.contains("file:///nowhere offers 3, and 1.1.0 is the newest on channel stable\n"), out);
    home.deployment("notes", "pin = \"3.1.*\"\n");
    DoctorFinding.assertOnly(
        home,
        "cannot find a release in file:///nowhere: none of its 3 versions is on channel stable"
            + " within 3.1.*",
        "Correct `source.channel` or `source.pin` in "
            + home.layout.deploymentFile("notes")
            + ", or publish a release that they take.");
  }

  @Test
  void accountsThatAreNotOnTheHostAreFound() throws Exception {
    home.deployment(
        "notes",
        """
        [build]
        user = "notes-build"
        [migrate]
        user = "ada"
        [origins.web]
        owners = ["notes-web", "4711", "@no-such-group"]
        actions = ["*"]
        group = "no-group"
        """);
    List<String> lines = home.run("doctor").out().lines().map(String::strip).toList();
    String file = home.layout.deploymentFile("notes").toString();
    List<String> expected =
        List.of(
            "wrong  accounts       cannot find the user notes-build of `build.user`: this host has"
                + " none of that name",
            "Fix: Create the account notes-build, or correct `build.user` in " + file + ".",
            "wrong  accounts       cannot find the user notes-web of `origins.web.owners`: this"
                + " host has none of that name",
            "Fix: Create the account notes-web, or correct `origins.web.owners` in " + file + ".",
            "wrong  accounts       cannot find the group no-such-group of `origins.web.owners`:"
                + " this host has none of that name",
            "Fix: Create the group no-such-group, or correct `origins.web.owners` in " + file + ".",
            "wrong  accounts       cannot find the group no-group of `origins.web.group`: this"
                + " host has none of that name",
            "Fix: Create the group no-group, or correct `origins.web.group` in " + file + ".");
    int first = lines.indexOf(expected.get(0));
    assertTrue(first > 0, lines.toString());
    assertEquals(expected, lines.subList(first, first + expected.size()));
    assertEquals("4 to put right", lines.get(lines.size() - 1));
  }

  @Test
  void errorsOfAFileStandOnLinesOfTheirOwn() throws Exception {
    home.deployment("notes", "[biuld]\n[helth]\n");
    List<String> lines = home.run("doctor").out().lines().toList();
    String file = home.layout.deploymentFile("notes").toString();
    int first = lines.indexOf("  wrong  file           cannot read " + file + ": 2 errors");
    assertTrue(first > 0, lines.toString());
    assertTrue(lines.get(first + 1).matches(" {26}line \\d+: .*biuld.*"), lines.get(first + 1));
    assertTrue(lines.get(first + 2).matches(" {26}line \\d+: .*helth.*"), lines.get(first + 2));
    assertTrue(lines.get(first + 3).startsWith("         Fix: "), lines.get(first + 3));
  }

  @Test
  void howDataAreCopiedIsSaid() throws Exception {
    home.deployment("notes", "[database]\ntype = \"sqlite\"\npath = \"shared/notes.db\"\n");
    FakeDatabase database = FakeDatabase.inMemory();
    home.machine.database = database;
    assertTrue(home.run("doctor").out().contains(" nothing\n"));
    database.write("something");
    assertTrue(home.run("doctor").out().contains(" a text\n"));
  }
}
