package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase.Call;
import org.spoolway.host.HealthProbe;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.Problem;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Updates;
import org.spoolway.schedule.Window;
import org.spoolway.schedule.Windows;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.source.Ring;
import org.spoolway.spool.ResultStore;
import org.spoolway.spool.SpoolDirectories;

/** A worker that asks for checks and updates by itself, with a clock that a test sets. */
class OwnRequestsTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path directory;
  private Workplace place;
  private volatile Instant now = MONDAY;

  @BeforeEach
  void install() throws Exception {
    place = new Workplace(directory);
    InstantSource set = () -> now;
    place.clock = set.withZone(ZoneOffset.UTC);
    place.installed();
    now = MONDAY.plusSeconds(60);
  }

  private void updates(Level level, List<String> windows, Hold... holds) throws Exception {
    Windows in =
        new Windows(
            windows.stream().map(text -> Window.parse(text).orElseThrow()).toList(),
            ZoneId.of("UTC"));
    place.deployment =
        Deployments.updating(
            place.deployment,
            new Updates(level, Duration.ofHours(6), in, Duration.ofHours(24), List.of(holds)));
    SpoolDirectories.prepare(
        place.deployment, place.spool, place.state, place.site().ports().accounts());
  }

  private List<String> asked() throws IOException {
    return Workplace.names(place.spool.results(Deployment.AUTO));
  }

  private Optional<Result> result(String id) throws IOException {
    return new ResultStore(place.spool).find(Deployment.AUTO, new RequestId(id));
  }

  private Result onlyUpdate() throws IOException {
    List<String> updates = asked().stream().filter(name -> name.startsWith("update-")).toList();
    assertEquals(1, updates.size(), updates::toString);
    return result(updates.get(0).replace(".json", "")).orElseThrow();
  }

  private Status.Auto auto() throws IOException {
    Status.@Nullable Auto auto = place.status().auto();
    assertNotNull(auto);
    return auto;
  }

  private void eventuallyWhy(String why) {
    Workplace.eventually(() -> assertEquals(why, auto().why()));
  }

  @Test
  void itLooksAndGoesToTheNewestWithinItsLevel() throws Exception {
    place.offer("1.0.1");
    updates(Level.PATCH, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.0.1")), place.live()));
      eventuallyWhy("1.0.1 is live already");
    }
    Result update = onlyUpdate();
    assertEquals(Outcome.SUCCEEDED, update.state());
    assertEquals("auto", update.origin());
    assertEquals(2, asked().size(), asked()::toString);
    assertEquals("patch", auto().level());
  }

  @Test
  void whoOnlyLooksGoesNowhere() throws Exception {
    updates(Level.NONE, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertNotNull(place.status().available()));
      eventuallyWhy("`updates.auto` is none, and updates wait for people");
      Instant next = auto().nextCheck();
      assertTrue(next.isAfter(now) && !next.isAfter(now.plus(Duration.ofHours(6))));
      now = next;
      Workplace.eventually(() -> assertEquals(2, asked().size()));
    }
    assertEquals(Optional.of(new Version("1.0.0")), place.live());
  }

  @Test
  void anotherRunnerAsksForNothingAgain() throws Exception {
    updates(Level.ALL, List.of("02:00-04:00"));
    for (int life = 0; life < 3; life++) {
      try (Workplace.Serving serving = place.serve()) {
        assertNotNull(serving);
        eventuallyWhy(
            "1.1.0 is the newest on channel stable; the window opens Tue 24 Nov 02:00 (UTC)");
      }
    }
    assertEquals(1, asked().size(), asked()::toString);
    now = Instant.parse("2026-11-24T02:00:00Z");
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.0")), place.live()));
    }
    assertEquals(Outcome.SUCCEEDED, result("update-1.1.0-20261124T020000Z").orElseThrow().state());
  }

  @Test
  void whatFailedRestsAndSomethingNewerIsTaken() throws Exception {
    HealthProbe healthy = place.probe;
    place.probe =
        (version, i) ->
            version.text().equals("1.1.0")
                ? new HealthProbe.Answer(false, "500")
                : healthy.ask(version, i);
    updates(Level.ALL, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy(
          "1.1.0 is the newest on channel stable; an update to it failed Mon 23 Nov 12:01, and it is"
              + " tried again Tue 24 Nov 12:01 (UTC)");
      assertEquals(Outcome.ROLLED_BACK, onlyUpdate().state());
      assertEquals(Optional.of(new Version("1.0.0")), place.live());
      place.offer("1.1.1");
      now = now.plus(Duration.ofHours(6));
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.1")), place.live()));
    }
  }

  @Test
  void aHoldIsShownAndKeepsThePageBackToo() throws Exception {
    Hold hold = new Hold("2026-12-24", Instant.parse("2026-12-25T00:00:00Z"), "exams", null);
    updates(Level.ALL, List.of(), hold);
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      String why = "1.0.0 is live, and 1.1.0 is held until 2026-12-24: exams";
      eventuallyWhy(why);
      Status.@Nullable Available available = place.status().available();
      assertNotNull(available);
      assertEquals(why, available.why());
      place.touch("update");
      Workplace.eventually(() -> assertEquals(Outcome.UNCHANGED, place.result("update").state()));
      place.touch("update@1.1.0");
      Workplace.eventually(
          () -> assertEquals(Outcome.SUCCEEDED, place.result("update-1.1.0").state()));
    }
  }

  /** What was found before the hold was written. */
  @Test
  void aHoldKeepsBackWhatIsFoundAlready() throws Exception {
    updates(Level.ALL, List.of("02:00-04:00"));
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy(
          "1.1.0 is the newest on channel stable; the window opens Tue 24 Nov 02:00 (UTC)");
    }
    Hold hold = new Hold("2026-11-23", Instant.parse("2026-11-24T00:00:00Z"), "exams", null);
    updates(Level.ALL, List.of("02:00-04:00"), hold);
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy("1.1.0 is held until 2026-11-23: exams");
      now = Instant.parse("2026-11-24T00:00:00Z");
      eventuallyWhy(
          "1.1.0 is the newest on channel stable; the window opens Tue 24 Nov 02:00 (UTC)");
    }
  }

  @Test
  void onceAHoldIsOverItLooksAgain() throws Exception {
    long phase = Ring.place(Ring.thisHost(), place.deployment.name(), 6 * 3600);
    now = MONDAY.plusSeconds(phase + 60);
    Hold hold = new Hold("soon", now.plus(Duration.ofHours(1)), "exams", null);
    updates(Level.ALL, List.of(), hold);
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy("1.0.0 is live, and 1.1.0 is held until soon: exams");
      assertEquals(hold.end(), auto().nextCheck());
      now = hold.end();
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.0")), place.live()));
    }
    String stamp =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(hold.end());
    assertTrue(result("check-" + stamp).isPresent(), asked()::toString);
  }

  @Test
  void whatWasFoundAndIsFurtherNowIsNamed() throws Exception {
    updates(Level.ALL, List.of("02:00-04:00"));
    String why = "1.1.0 is the newest on channel stable; the window opens Tue 24 Nov 02:00 (UTC)";
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy(why);
    }
    updates(Level.PATCH, List.of("02:00-04:00"));
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy("1.1.0 is further than `updates.auto`, which is patch");
    }
  }

  @Test
  void whatANewerRunnerHasFoundCounts() throws Exception {
    updates(Level.ALL, List.of("02:00-04:00"));
    String why = "1.1.0 is the newest on channel stable; the window opens Tue 24 Nov 02:00 (UTC)";
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy(why);
    }
    String written = Files.readString(place.state.available());
    Files.writeString(place.state.available(), written.replaceFirst("\\{", "{\"isNew\":[1],"));
    now = now.plusSeconds(60);
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy(why);
    }
  }

  @Test
  void whatWasGoneBackFromIsNotGoneToAgain() throws Exception {
    updates(Level.ALL, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.0")), place.live()));
      place.touch("rollback");
      Workplace.eventually(() -> assertEquals(Outcome.SUCCEEDED, place.result("rollback").state()));
      eventuallyWhy("1.1.0 was gone back from");
    }
    onlyUpdate();
  }

  /** Whoever had looked did not look for that. */
  @Test
  void fromTheDayThatTheFileLetsItGoItLooksAtOnce() throws Exception {
    place.touch("check");
    place.drain();
    updates(Level.ALL, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.0")), place.live()));
    }
  }

  @Test
  void aHeldQueueIsLeftAlone() throws Exception {
    updates(Level.ALL, List.of());
    Files.createFile(place.state.paused());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy("nobody has looked yet; nothing is asked for while the queue is held");
      assertEquals(List.of(), asked());
      Files.delete(place.state.paused());
      Workplace.eventually(() -> assertEquals(Optional.of(new Version("1.1.0")), place.live()));
    }
  }

  @Test
  void beforeABrokenUndoIsCompleteNothingIsAskedFor() throws Exception {
    place.commands.on("migrate", (command, output, i) -> new Commands.Exit.Status(1));
    place.database.fail(Call.RESTORE, Problem.RESTORE_FAILED);
    updates(Level.ALL, List.of());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(
          () ->
              assertTrue(
                  auto().why().endsWith("; nothing is asked for before the undo is complete"),
                  auto().why()));
      assertEquals(Outcome.NEEDS_INTERVENTION, onlyUpdate().state());
    }
    now = now.plus(Duration.ofDays(2));
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(
          () -> assertTrue(auto().nextCheck().isAfter(MONDAY.plus(Duration.ofDays(1)))));
      assertEquals(2, asked().size(), asked()::toString);
    }
  }

  @Test
  void aRunnerThatDrainsAsksForNothing() throws Exception {
    updates(Level.ALL, List.of());
    place.drain();
    assertNull(place.status().auto());
    assertEquals(List.of(), asked());
  }

  /** The inbox comes back, say by a mount; until then the error is told once, and others go on. */
  @Test
  void withoutItsInboxItGoesOn() throws Exception {
    updates(Level.ALL, List.of());
    Files.delete(place.spool.inbox(Deployment.AUTO));
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      eventuallyWhy("nobody has looked yet");
      place.touch("check");
      Workplace.eventually(() -> assertEquals(Outcome.SUCCEEDED, place.result("check").state()));
    }
    assertEquals(List.of(), asked());
  }
}
