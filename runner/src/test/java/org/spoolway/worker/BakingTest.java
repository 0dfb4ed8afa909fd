package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.FakeDatabase;
import org.spoolway.host.HealthProbe;
import org.spoolway.plan.Deployments;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/** What the worker does with a job that watches what users are served by. */
@SuppressWarnings("try") // a life is only begun and ended
class BakingTest {

  private static final Version NEW = new Version("1.1.0");
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path directory;
  private Workplace place;
  private final Set<Version> sick = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void install() throws IOException {
    place = new Workplace(directory).installed();
    place.probe = (version, i) -> new HealthProbe.Answer(!sick.contains(version), "asked");
    bake(LONG);
  }

  private void bake(Duration time) {
    place.deployment = Deployments.baking(place.deployment, time);
  }

  private void begin() throws IOException {
    begin("update");
  }

  private void begin(String id) throws IOException {
    try (Workplace.Serving serving = place.serve()) {
      Workplace.eventually(this::assertWatched);
    }
    assertEquals(Outcome.RUNNING, place.result(id).state());
    assertEquals(Optional.of(NEW), place.live());
    assertEquals(NEW, place.services.running());
  }

  private void assertWatched() throws IOException {
    Status.Running running = place.status().running();
    assertNotNull(running);
    assertEquals("bake", running.step());
  }

  private static String state(Result result, String name) {
    return result.steps().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void aRunnerThatIsAskedToEndLeavesItAndTheNextGoesOn() throws IOException {
    place.touch("update");
    begin();
    begin();
    begin();
    begin();
    bake(Duration.ofMillis(1));
    place.drain();
    Result result = place.result("update");
    assertEquals(Outcome.SUCCEEDED, result.state());
    assertEquals(1, result.attempt());
    assertEquals(List.of(), Workplace.names(place.state.journals()));
  }

  @Test
  void itGoesOnBeforeWhatWaitsAndWhileTheQueueIsHeld() throws IOException {
    place.touch("update");
    begin();
    place.touch("20200101T000000Z-restart");
    Files.createFile(place.state.paused());
    begin();
    Files.delete(place.state.paused());
    bake(Duration.ofMillis(1));
    place.drain();
    Result update = place.result("update");
    Result restart = place.result("20200101T000000Z-restart");
    assertEquals(Outcome.SUCCEEDED, update.state());
    assertEquals(Outcome.SUCCEEDED, restart.state());
    assertTrue(update.sequence() < restart.sequence());
  }

  @Test
  void itDoesNotExpireOnceItHasBegun() throws IOException {
    Instant expires = Instant.now().plus(LONG);
    place.drop(
        "1700000000-update.json",
        "{\"action\": \"update\", \"id\": \"u\", \"expires\": \"" + expires + "\"}");
    begin("u");
    place.clock = Clock.offset(place.clock, LONG.multipliedBy(2));
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("u").state());
  }

  @Test
  void aRecoveryAloneLeavesItToTheRunner() throws IOException {
    place.touch("update");
    begin();
    for (Worker.Repair repair : Worker.Repair.values()) {
      Worker.Recovered done = place.worker(Worker.Mode.DRAIN).recoverOnly(repair);
      assertEquals(Outcome.RUNNING, done.carried().get(0).state());
      assertEquals(Outcome.RUNNING, place.result("update").state());
    }
    bake(Duration.ofMillis(1));
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("update").state());
  }

  @Test
  void aCancelComesTooLate() throws IOException {
    place.touch("update");
    try (Workplace.Serving serving = place.serve()) {
      Workplace.eventually(this::assertWatched);
      place.drop(
          "1700000000-c.json",
          "{\"action\": \"cancel\", \"id\": \"c\", \"params\": {\"id\": \"update\"}}");
      Workplace.eventually(() -> assertEquals(Outcome.FAILED, place.result("c").state()));
      assertEquals("CANCEL_TOO_LATE", place.result("c").error().code());
      assertEquals(
          "cannot cancel update: the new release is live already",
          place.result("c").error().message());
    }
    assertEquals(Outcome.RUNNING, place.result("update").state());
  }

  /** Users write, then it turns unhealthy, all while no runner is there. */
  @Test
  void whatStaysThoughUnhealthyBlocksNobody() throws IOException {
    place.touch("update");
    begin();
    place.database.write(FakeDatabase.SCHEMA + "2\nnotes of users\nand more");
    sick.add(NEW);
    place.touch("check");
    place.drain();
    Result update = place.result("update");
    assertEquals(Outcome.NEEDS_INTERVENTION, update.state());
    assertEquals("ROLLBACK_WOULD_LOSE", update.error().code());
    assertEquals("failed", state(update, "bake"));
    assertEquals("skipped", state(update, "prune"));
    assertEquals("2-1.0.0", update.snapshot());
    assertFalse(Files.exists(place.state.brokenJournal()));
    assertNull(place.status().broken());
    assertEquals(List.of(), Workplace.names(place.state.journals()));
    assertEquals(List.of(), Workplace.names(place.spool.processing()));
    assertEquals(Outcome.SUCCEEDED, place.result("check").state());
    assertEquals(NEW, place.services.running());
    place.drop(
        "1700000000-back.json",
        "{\"action\": \"rollback\", \"id\": \"back\", \"params\": {\"data\": \"restore\"}}");
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("back").state());
    assertEquals(Optional.of(new Version("1.0.0")), place.live());
    assertEquals("notes of users", place.database.content());
  }
}
