package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.spool.SpoolLock;

class StatusVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.machine.clock = Home.AT_NOON;
  }

  private static Status status(Status.@Nullable Running running) {
    return status(running, Action.UPDATE);
  }

  private static Status status(Status.@Nullable Running running, Action last) {
    return status(running, last, null, Map.of());
  }

  private static Status status(
      Status.@Nullable Running running,
      Action last,
      Status.@Nullable Broken broken,
      Map<String, Status.Unserved> unserved) {
    return new Status(
        Status.SCHEMA,
        "notes",
        new Version("1.0.0"),
        new Status.Available(
            new Version("1.1.0"),
            List.of(),
            Home.NOON.minusSeconds(90),
            "1.1.0 is the newest",
            null),
        running,
        2,
        Map.of("operator", 0, "web", 3),
        unserved,
        new Status.Last(
            new RequestId("first"),
            "operator",
            last,
            Outcome.ROLLED_BACK,
            new Version("1.1.0"),
            Home.NOON.minusSeconds(3600)),
        false,
        new Status.Watch("events", "the kernel reports new files"),
        new Status.Runner(4711, Home.NOON.minusSeconds(7200), "0.1.0", null),
        broken,
        new Status.Health(Status.HealthState.PASSING, "200 with 1.0.0", Home.NOON),
        null,
        Map.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  @Test
  void messagesThatCannotBeDeliveredAreLoud() throws Exception {
    Status plain = status(null);
    Status.Trouble trouble =
        new Status.Trouble("webhook", "cannot post to example.org: no", "See to it.");
    Status told =
        new Status(
            plain.schema(),
            plain.deployment(),
            plain.current(),
            plain.available(),
            plain.running(),
            plain.queued(),
            plain.ignored(),
            plain.unserved(),
            plain.last(),
            plain.paused(),
            plain.watch(),
            plain.runner(),
            plain.broken(),
            plain.health(),
            new Status.Notifications(2, Home.NOON.minusSeconds(300), 1, List.of(trouble)),
            plain.origins(),
            plain.releases(),
            plain.snapshots(),
            plain.room(),
            plain.history(),
            plain.auto());
    home.tell(told);
    String text = home.run("status", "notes").out();
    assertTrue(
        text.contains(
            """
              not told   2 messages, since 5 min
              not told   by webhook: cannot post to example.org: no
              fix        See to it.
              given up   1 messages, which nobody was told
            """),
        text);
    assertTrue(home.run("status").out().contains(", cannot tell people"));
  }

  @Test
  void deploymentThatNobodyHasWorkedSaysSo() {
    assertEquals(
        """
        notes: no runner has worked it yet
          runner     none lives; `spoolway run notes` starts one
        """,
        home.run("status", "notes").out());
    assertEquals(
        """
        {
          "deployment" : "notes",
          "paused" : false,
          "runnerAlive" : false
        }
        """,
        home.run("status", "notes", "--json").out());
    home.run("pause", "notes");
    assertTrue(home.run("status").out().contains("no runner, paused"));
    assertTrue(home.run("status", "notes").out().contains("now        no runner, paused\n"));
    assertTrue(home.run("status", "notes", "--json").out().contains("\"paused\" : true"));
  }

  @Test
  void oneDeploymentIsShownInFull() throws Exception {
    home.tell(
        status(new Status.Running(new RequestId("second"), "web", Action.UPDATE, "fetch", 0.421)));
    home.run("enqueue", "notes", "check");
    try (SpoolLock lock = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      FakeMachine.Ran ran = home.run("status", "notes");
      assertEquals(
          """
          notes: 1.0.0 is live
            health     passing, 200 with 1.0.0
            available  1.1.0, looked 1 min 30 s ago: 1.1.0 is the newest
            now        update at fetch 42 % (second)
            queued     2
            last       update to 1.1.0 rolled back, 1 h ago (first)
            noticing   by events, the kernel reports new files
            runner     pid 4711 for 2 h, version 0.1.0
            ignored    3 names outside the grammar in web
          """,
          ran.out());
      assertTrue(lock != null);
    }
  }

  @Test
  void runnerThatHoldsTheLockAndIsSilentIsSaidToBe() throws Exception {
    Status told = status(null);
    home.tell(told);
    home.run("enqueue", "notes", "check");
    try (SpoolLock lock = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      assertTrue(lock != null);
      String who = "  runner     pid 4711 for 2 h, version 0.1.0";
      home.giveSign(told, Home.NOON.minusSeconds(60));
      assertTrue(home.run("status", "notes").out().contains(who + "\n"));
      home.giveSign(told, Home.NOON.minusSeconds(61));
      String out = home.run("status", "notes").out();
      assertTrue(out.contains(who + ", but not heard of for 1 min 1 s\n"), out);
    }
  }

  @Test
  void runnerThatEndedIsToldFromOneThatWasKilled() throws Exception {
    Status told = status(null);
    home.tell(told);
    home.giveSign(told, Home.NOON.minusSeconds(90));
    String killed = home.run("status", "notes").out();
    assertTrue(
        killed.contains(
            "  runner     none lives, the last was heard of 1 min 30 s ago and did not say that it"
                + " ended; `spoolway run notes` starts one\n"),
        killed);
    home.tell(ended(told));
    String ended = home.run("status", "notes").out();
    assertTrue(
        ended.contains(
            "  runner     none lives, the last ended 1 h ago; `spoolway run notes` starts one\n"),
        ended);
  }

  private static Status ended(Status told) {
    return new Status(
        told.schema(),
        told.deployment(),
        told.current(),
        told.available(),
        told.running(),
        told.queued(),
        told.ignored(),
        told.unserved(),
        told.last(),
        told.paused(),
        told.watch(),
        told.runner().stopped(Home.NOON.minusSeconds(3600)),
        told.broken(),
        told.health(),
        told.notifications(),
        told.origins(),
        told.releases(),
        told.snapshots(),
        told.room(),
        told.history(),
        told.auto());
  }

  @Test
  void anUndoThatFailedIsNotHiddenByWhatCameLater() throws Exception {
    Status.Broken broken =
        new Status.Broken(
            new RequestId("second"), "web", "migrate", "cannot restore: no room", "Free space.");
    home.tell(status(null, Action.CHECK, broken, Map.of()));
    String out = home.run("status", "notes").out();
    assertTrue(
        out.contains("  broken     undo of migrate of second: cannot restore: no room\n"), out);
    assertTrue(out.contains("  fix        Free space.\n"), out);
    assertTrue(home.run("status").out().contains("no runner, needs people"), out);
  }

  @Test
  void anInboxThatIsNotServedIsToldWithWhatMendsIt() throws Exception {
    Status.Unserved why = new Status.Unserved("cannot serve web: it is missing", "Make it.");
    home.tell(status(null, Action.CHECK, null, Map.of("web", why)));
    String out = home.run("status", "notes").out();
    assertTrue(
        out.contains("  not served cannot serve web: it is missing\n  fix        Make it.\n"), out);
    assertTrue(home.run("status").out().contains("no runner, does not serve web"));
  }

  @Test
  void allDeploymentsAreShownOnOneLineEach() throws Exception {
    home.deployment("wiki", "");
    home.tell(status(null));
    assertEquals(
        List.of(
            "DEPLOYMENT  LIVE   AVAILABLE  HEALTH             NOW        LAST",
            "notes       1.0.0  1.1.0      passing 0.0 s ago  no runner  update to 1.1.0 rolled"
                + " back, 1 h ago (first)",
            "wiki        -      -          -                  no runner  -"),
        home.run("status").out().lines().toList());
  }

  @Test
  void programsGetTheStatusAndWhetherARunnerLives() throws Exception {
    home.tell(status(null));
    FakeMachine.Ran one = home.run("status", "notes", "--json");
    FakeMachine.Ran all = home.run("status", "--json");
    assertAll(
        () -> assertEquals(0, one.code()),
        () -> assertTrue(one.out().startsWith("{\n  \"schema\" : \"spoolway/status/v1\"")),
        () -> assertTrue(one.out().contains("\"current\" : \"1.0.0\"")),
        () -> assertTrue(one.out().endsWith("\"runnerAlive\" : false\n}\n"), one.out()),
        () -> assertTrue(all.out().startsWith("[ {"), all.out()));
  }

  @Test
  void jobThatLedToNoOtherReleaseNamesNone() throws Exception {
    home.tell(status(null, Action.BACKUP));
    assertTrue(
        home.run("status", "notes").out().contains("last       backup rolled back, 1 h ago"));
  }

  @Test
  void holdShowsBeforeItsRunnerTellsOfIt() throws Exception {
    home.tell(status(null));
    home.run("pause", "notes");
    assertTrue(home.run("status", "notes", "--json").out().contains("\"paused\" : true"));
    assertTrue(home.run("status", "notes").out().contains("now        no runner, paused\n"));
  }

  @Test
  void statusThatIsDamagedIsAnErrorThatNamesTheFile() throws Exception {
    home.tell(status(null));
    java.nio.file.Files.writeString(home.spool().status(), "{");
    FakeMachine.Ran ran = home.run("status", "notes");
    assertEquals(ExitCode.FAILED.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: cannot read " + home.spool().status()), ran.err());
  }

  @Test
  void wrongFileIsToldAndNoRunnerIsAdvised() throws Exception {
    home.deployment("wiki", "[biuld]\n");
    FakeMachine.Ran one = home.run("status", "wiki");
    assertEquals(
        """
        wiki: no runner has worked it yet
          file       cannot be read; `spoolway doctor wiki` tells why
          runner     none lives
        """,
        one.out());
    assertEquals(ExitCode.USAGE.code(), one.code());
    FakeMachine.Ran all = home.run("status");
    assertTrue(
        all.out().matches("(?s).*wiki +- +- +- +no runner, file cannot be read +-\n"), all.out());
    assertEquals(ExitCode.USAGE.code(), all.code());
    String json = home.run("status", "wiki", "--json").out();
    assertTrue(json.contains("\"fileError\" : \"cannot read "), json);
  }

  @Test
  void whatTheRunnerAsksForByItselfIsOneLine() throws Exception {
    Status plain = status(null);
    home.tell(
        asking(
            plain,
            new Status.Auto(
                "patch",
                new Version("1.0.1"),
                Home.NOON.plusSeconds(50_000),
                Home.NOON.plusSeconds(7800),
                "1.0.1 is the newest patch on channel stable; the window opens Sun 22 Nov 02:00")));
    String line =
        "  by itself  patch; 1.0.1 is the newest patch on channel stable; the window opens Sun 22 Nov"
            + " 02:00; looks again in 2 h 10 min\n";
    home.run("enqueue", "notes", "check");
    try (SpoolLock lock = SpoolLock.take(home.state().lock(), "notes", 4711, "ada", Home.NOON)) {
      String out = home.run("status", "notes").out();
      assertTrue(out.contains(line), out);
      assertNotNull(lock);
    }
    assertFalse(home.run("status", "notes").out().contains("by itself"));
    assertTrue(home.run("status", "notes", "--json").out().contains("\"level\" : \"patch\""));
  }

  private static Status asking(Status plain, Status.Auto auto) {
    return new Status(
        plain.schema(),
        plain.deployment(),
        plain.current(),
        plain.available(),
        plain.running(),
        plain.queued(),
        plain.ignored(),
        plain.unserved(),
        plain.last(),
        plain.paused(),
        plain.watch(),
        plain.runner(),
        plain.broken(),
        plain.health(),
        plain.notifications(),
        plain.origins(),
        plain.releases(),
        plain.snapshots(),
        plain.room(),
        plain.history(),
        auto);
  }

  @Test
  void withoutARunnerNothingIsToldAsIfItWereNow() throws Exception {
    home.tell(status(null));
    home.machine.clock = Clock.offset(Home.AT_NOON, Duration.ofMinutes(20));
    String out = home.run("status", "notes").out();
    assertTrue(
        out.contains("health     passing when last looked at, 20 min ago, 200 with 1.0.0\n"), out);
    assertTrue(out.contains("noticing   nothing, for no runner lives\n"), out);
    assertTrue(home.run("status").out().contains("  passing 20 min ago  "), out);
  }
}
