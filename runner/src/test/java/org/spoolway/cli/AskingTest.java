package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

class AskingTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.machine.clock = Home.AT_NOON;
  }

  private Request dropped(String origin) throws IOException, SchemaJson.Malformed {
    try (Stream<Path> files = Files.list(home.spool().inbox(origin))) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return SchemaJson.request(Files.readAllBytes(all.get(0)));
    }
  }

  @Test
  void enqueueDropsTheRequestAndPrintsItsId() throws Exception {
    FakeMachine.Ran ran =
        home.run(
            "enqueue",
            "notes",
            "update",
            "--version",
            "v1.1.0",
            "--reason",
            "because",
            "--id",
            "mine",
            "--not-before",
            "+1d2h3m4s",
            "--expires",
            "2026-11-23T01:00:00+01:00",
            "--dry-run",
            "--plan",
            "abc");
    assertEquals(new FakeMachine.Ran(0, "mine\n", ""), ran);
    assertEquals(
        new Request(
            Request.SCHEMA,
            new RequestId("mine"),
            Action.UPDATE,
            Request.Params.version(new Version("1.1.0")),
            "because",
            "ada",
            true,
            "abc",
            Instant.parse("2026-11-22T14:03:04Z"),
            Instant.parse("2026-11-23T00:00:00Z")),
        dropped("operator"));
  }

  @Test
  void requestWithoutAnIdGetsOneThatProgramsCanRead() throws Exception {
    FakeMachine.Ran ran = home.run("enqueue", "notes", "check", "--json");
    RequestId id = dropped("operator").id();
    assertTrue(ran.out().contains("\"id\" : \"" + id + "\""), ran.out());
    assertTrue(ran.out().contains("\"origin\" : \"operator\""), ran.out());
  }

  @Test
  void shorthandsAskForTheirAction() throws Exception {
    for (String verb : List.of("update", "rollback", "check", "restart", "backup", "prune")) {
      assertEquals(0, home.run(verb, "notes", "--detach", "--id", verb).code());
    }
    assertEquals(0, home.run("restore", "notes", "42-1.0.0", "--detach", "--id", "r").code());
    try (Stream<Path> files = Files.list(home.spool().inbox("operator"))) {
      for (Path file : files.toList()) {
        Request request = SchemaJson.request(Files.readAllBytes(file));
        boolean restore = request.action() == Action.RESTORE;
        assertEquals(restore ? "r" : request.action().wireName(), String.valueOf(request.id()));
        assertEquals(restore ? "42-1.0.0" : null, request.parameters().snapshot());
      }
    }
  }

  @Test
  void snapshotAndIdAreTheWordAfterTheAction() throws Exception {
    home.run("enqueue", "notes", "cancel", "other");
    assertEquals(new RequestId("other"), dropped("operator").parameters().id());
  }

  @Test
  void theRunnersOwnOriginIsNobodysChoice() throws Exception {
    home.deployment(
        "notes",
        "[updates]\ncheck = \"6h\"\n[origins.web]\nowners = [\"ada\"]\nactions = [\"*\"]\n");
    assertEquals(0, home.run("enqueue", "notes", "check").code());
    assertEquals(Action.CHECK, dropped("web").action());
  }

  @Test
  void theOnlyOriginIsUsedAndAnotherCanBeNamed() throws Exception {
    home.deployment("notes", "[origins.web]\nowners = [\"ada\"]\nactions = [\"*\"]\n");
    assertEquals(0, home.run("enqueue", "notes", "check").code());
    assertEquals(Action.CHECK, dropped("web").action());
    home.deployment("notes", Home.TWO_ORIGINS);
    assertEquals(0, home.run("enqueue", "notes", "check", "--origin", "cron").code());
    assertEquals(Action.CHECK, dropped("cron").action());
  }

  @Test
  void behindSudoTheUserWhoAskedIsNamed() throws Exception {
    home.machine.accounts = new FakeMachine.OneUser(0);
    home.machine.environment.put("SUDO_USER", "grace");
    home.run("enqueue", "notes", "check");
    assertEquals("grace", dropped("operator").requestedBy());
  }

  @Test
  void anIdThatStandsForAnotherRequestIsRefusedBeforeAnythingIsDropped() throws Exception {
    assertEquals(0, home.run("enqueue", "notes", "check", "--id", "mine").code());
    home.drain();
    FakeMachine.Ran other = home.run("enqueue", "notes", "update", "--id", "mine");
    assertAll(
        () -> assertEquals(ExitCode.REFUSED.code(), other.code()),
        () ->
            assertEquals(
                "spoolway: cannot ask as mine: that id stands for another request of origin"
                    + " operator\nFix: Use a new id for a new request.\n",
                other.err()));
    try (Stream<Path> files = Files.list(home.spool().inbox("operator"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void askingAgainWithTheSameIdAndContentIsTheSameRequest() throws Exception {
    assertEquals(0, home.run("enqueue", "notes", "check", "--id", "mine").code());
    home.drain();
    FakeMachine.Ran again = home.run("check", "notes", "--id", "mine");
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("succeeded: "), again.out());
  }

  @Test
  void cancelGoesThroughTheOperatorsInboxAndNamesTheOtherOrigin() throws Exception {
    home.deployment(
        "notes",
        """
        [origins.operator]
        owners = ["ada"]
        actions = ["*"]
        [origins.web]
        owners = ["ada"]
        actions = ["check"]
        """);
    home.tell(Home.result("theirs", "web", Action.UPDATE, Outcome.QUEUED, null));
    FakeMachine.Ran ran = home.run("cancel", "theirs", "--detach", "--reason", "no");
    assertEquals(0, ran.code(), ran.err());
    Request request = dropped("operator");
    assertAll(
        () -> assertEquals(Action.CANCEL, request.action()),
        () -> assertEquals(new RequestId("theirs"), request.parameters().id()),
        () -> assertEquals("web", request.parameters().origin()),
        () -> assertEquals("no", request.reason()),
        () -> assertEquals(request.id() + "\n", ran.out()));
  }

  @Test
  void whoIsNoOperatorCancelsThroughTheInboxThatWasUsed() throws Exception {
    home.deployment(
        "notes",
        """
        [origins.operator]
        owners = ["root"]
        actions = ["*"]
        [origins.web]
        owners = ["ada"]
        actions = ["*"]
        """);
    home.tell(Home.result("theirs", "web", Action.UPDATE, Outcome.QUEUED, null));
    FakeMachine.Ran ran = home.run("cancel", "theirs", "--detach");
    assertEquals(0, ran.code(), ran.err());
    assertEquals(null, dropped("web").parameters().origin());
  }

  @Test
  void cancelGoesThroughTheOwnInboxWhereThereIsNoOperator() throws Exception {
    home.deployment("notes", Home.TWO_ORIGINS);
    home.tell(Home.result("theirs", "web", Action.UPDATE, Outcome.QUEUED, null));
    home.run("cancel", "theirs", "--detach");
    assertEquals(null, dropped("web").parameters().origin());
    assertFalse(home.run("cancel", "nobodys", "--detach").code() == 0);
  }

  @Test
  void whoMayNotOwnFilesOfAnOriginIsToldBeforeAnythingIsDropped() throws Exception {
    home.deployment(
        "notes", "[origins.web]\nowners = [\"notes-web\", \"@wheel\"]\nactions = [\"*\"]\n");
    assertEquals(
        new FakeMachine.Ran(
            ExitCode.REFUSED.code(),
            "",
            """
            spoolway: cannot ask through origin web: ada is not one of its owners
            Fix: Ask as one of notes-web, @wheel, or through another origin with --origin.
            """),
        home.run("enqueue", "notes", "check"));
    assertFalse(Files.exists(home.spool().inbox("web")));
  }

  @Test
  void ownersAreNamesNumbersAndGroups() throws Exception {
    int uid = home.machine.accounts.ownUid();
    for (String owner : List.of("ada", Integer.toString(uid), "@staff")) {
      home.deployment("notes", "[origins.web]\nowners = [\"" + owner + "\"]\nactions = [\"*\"]\n");
      assertEquals(0, home.run("enqueue", "notes", "check").code(), owner);
    }
  }

  @Test
  void requestThatNoRunnerWouldReadIsNotDropped() throws Exception {
    FakeMachine.Ran ran =
        home.run("enqueue", "notes", "check", "--id", "long", "--reason", "x".repeat(70_000));
    assertEquals(ExitCode.REFUSED.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: cannot drop request long: it has 70"), ran.err());
    assertTrue(
        ran.err().endsWith("\nFix: Shorten --reason, or what else makes it long.\n"), ran.err());
    try (Stream<Path> files = Files.list(home.spool().inbox("operator"))) {
      assertEquals(0, files.count());
    }
  }
}
