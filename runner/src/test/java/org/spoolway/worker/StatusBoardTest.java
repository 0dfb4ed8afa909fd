package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Trees;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/** What {@code status.json} tells a page of the deployment, and of its runner. */
class StatusBoardTest {

  private static final Version OLD = new Version("1.0.0");
  private static final Version NEW = new Version("1.1.0");

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void update() throws IOException {
    place = new Workplace(directory).installed();
    place.touch("update");
    place.drain();
  }

  @Test
  void releasesAreToldNewestFirstWithTheirSizes() throws IOException {
    List<Status.Release> releases = place.status().releases();
    assertEquals(List.of(NEW, OLD), releases.stream().map(Status.Release::version).toList());
    assertEquals(List.of(true, false), releases.stream().map(Status.Release::live).toList());
    for (Status.Release release : releases) {
      Path tree = place.site().releases().directory(release.version());
      assertEquals(Trees.bytes(tree), release.bytes());
      assertTrue(release.bytes() > 0);
      assertEquals(place.site().releases().sealedAt(release.version()), release.installedAt());
    }
  }

  @Test
  void snapshotsAndJobsAreToldNewestFirstAndRoomToo() throws IOException {
    Status status = place.status();
    Status.Snapshot snapshot = status.snapshots().get(0);
    assertEquals(OLD, snapshot.version());
    assertEquals("update", snapshot.reason());
    assertEquals(place.result("update").snapshot(), snapshot.name());
    assertEquals(
        List.of("update", "update.first"),
        status.history().stream().map(past -> past.id().value()).toList());
    Status.Past past = status.history().get(0);
    assertEquals(
        List.of("operator", Action.UPDATE, Outcome.SUCCEEDED, OLD, NEW),
        List.of(past.origin(), past.action(), past.state(), past.from(), past.to()));
    assertEquals(place.result("update").downtimeMillis(), past.downtimeMillis());
    assertTrue(status.room().freeBytes() > 0);
  }

  @Test
  void jobsAreToldWithoutTheNamesOfPeople() throws IOException {
    place.drop("1700000000-a.json", "{\"action\": \"restart\", \"requestedBy\": \"Ada\"}");
    place.drain();
    assertEquals(Action.RESTART, place.status().history().get(0).action());
    assertFalse(Files.readString(place.spool.status()).contains("Ada"));
  }

  @Test
  void originsMayAskForWhatTheyAreListedWithAndCanBeDone() throws IOException {
    assertEquals(List.of(Action.UPDATE), place.status().origins().get("web").actions());
    List<Action> all = place.status().origins().get("operator").actions();
    assertEquals(8, all.size());
    assertFalse(all.contains(Action.HOTFIX) || all.contains(Action.MODULES));
  }

  @Test
  void releaseThatWasMeasuredIsNotMeasuredAgainByTheNextRunner() throws IOException {
    long size = place.status().releases().get(1).bytes();
    String told = Files.readString(place.spool.status());
    Files.writeString(
        place.spool.status(), told.replace("\"bytes\" : " + size + "\n", "\"bytes\" : 7\n"));
    place.board().show();
    assertEquals(7, place.status().releases().get(1).bytes());
  }

  @Test
  void releaseThatWasSealedAnewIsMeasuredAnew() throws IOException {
    long size = place.status().releases().get(1).bytes();
    String told = Files.readString(place.spool.status());
    Files.writeString(
        place.spool.status(), told.replace("\"bytes\" : " + size + "\n", "\"bytes\" : 7\n"));
    Path release = place.site().releases().directory(OLD);
    Files.setLastModifiedTime(release.resolve(".spoolway-manifest"), FileTime.fromMillis(1000));
    place.board().show();
    assertEquals(size, place.status().releases().get(1).bytes());
    assertEquals(Instant.ofEpochSecond(1), place.status().releases().get(1).installedAt());
  }

  @Test
  void diskIsReadOnlyAfterSomethingThatMayHaveChangedIt() throws IOException {
    StatusBoard board = place.board();
    board.show();
    Files.delete(place.state.history());
    board.show();
    assertEquals(2, place.status().history().size());
    board.changed();
    assertEquals(List.of(), place.status().history());
  }

  @Test
  void whatIsAvailableTellsOnlyOfWhatIsNewerThanWhatIsLive() throws IOException {
    Version next = new Version("1.2.0");
    List<Result.Change> found =
        List.of(new Result.Change(next, "tags"), new Result.Change(NEW, "titles"));
    Status.Available available =
        new Status.Available(next, found, Instant.EPOCH, "1.2.0 is the newest", null);
    Files.write(place.state.available(), SchemaJson.pretty(available));
    place.board().show();
    assertEquals(List.of(found.get(0)), place.status().available().changes());
    assertEquals("1.2.0 is the newest", place.status().available().why());
  }

  @Test
  void whyNothingIsAvailableIsTold() throws IOException {
    String why = "1.1.0 is live, and 1.2.0 was taken back by its makers: it loses notes";
    tellOfNothingNewer(Instant.parse("2100-01-01T00:00:00Z"), why);
    assertEquals(why, place.status().available().why());
    tellOfNothingNewer(Instant.EPOCH, why);
    assertNull(place.status().available().why(), "a job has ended since");
  }

  private void tellOfNothingNewer(Instant checkedAt, String why) throws IOException {
    Status.Available none = new Status.Available(null, List.of(), checkedAt, why, null);
    Files.write(place.state.available(), SchemaJson.pretty(none));
    place.board().show();
  }

  /** What was said when another release was live is not said of this one. */
  @Test
  void whyIsNotToldOnceTheUpdateWasMade() throws IOException {
    Status.Available old =
        new Status.Available(NEW, List.of(), Instant.EPOCH, NEW + " is the newest", null);
    Files.write(place.state.available(), SchemaJson.pretty(old));
    place.board().show();
    assertNull(place.status().available().why());
  }

  @Test
  void whatCannotBeReadIsLeftOutAndTheRestIsTold() throws IOException {
    Files.delete(place.state.history());
    Files.createDirectory(place.state.history());
    place.board().show();
    assertEquals(List.of(), place.status().history());
    assertEquals(2, place.status().releases().size());
  }

  @Test
  void runnerThatEndsSaysSoAndTheNextOneLives() throws IOException {
    assertNotNull(place.status().runner().stoppedAt());
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertNull(place.status().runner().stoppedAt()));
    }
    assertNotNull(place.status().runner().stoppedAt());
  }

  @Test
  void signOfLifeMakesTheFileYoungAndWritesNothing() throws IOException {
    StatusBoard board = place.board();
    board.show();
    Object inode = Files.getAttribute(place.spool.status(), "unix:ino");
    Files.setLastModifiedTime(place.spool.status(), FileTime.fromMillis(0));
    board.showLife();
    assertTrue(age() < 60_000);
    assertEquals(inode, Files.getAttribute(place.spool.status(), "unix:ino"));
  }

  @Test
  void signOfLifeBringsBackAFileThatIsGone() throws IOException {
    StatusBoard board = place.board();
    Files.delete(place.spool.status());
    board.showLife();
    assertEquals(NEW, place.status().current());
  }

  @Test
  void workerThatHangsGivesNoSignOfLife() throws IOException {
    AtomicLong nanos = new AtomicLong();
    LifeSign sign = new LifeSign(nanos::get);
    Heartbeat heartbeat = new Heartbeat(place.board(), sign);
    Files.setLastModifiedTime(place.spool.status(), FileTime.fromMillis(0));
    nanos.set(Heartbeat.LIMIT.toNanos() + 1);
    heartbeat.beat();
    assertEquals(0, Files.getLastModifiedTime(place.spool.status()).toMillis());
    sign.pass();
    heartbeat.beat();
    assertTrue(age() < 60_000);
  }

  /** However the beats fall, readers find a runner that gets on alive. */
  @Test
  void hungWorkerIsFoundOutWithinTheTimeThatReadersWait() {
    assertTrue(Heartbeat.PERIOD.plus(Heartbeat.LIMIT).compareTo(Status.Runner.MOST_SILENCE) < 0);
  }

  private long age() throws IOException {
    return System.currentTimeMillis() - Files.getLastModifiedTime(place.spool.status()).toMillis();
  }

  /** The file as older runners wrote it, whose last outcome is still told. */
  @Test
  void statusOfAnOlderRunnerIsReadOn() throws IOException {
    String older =
        """
        { "schema": "spoolway/status/v1", "deployment": "notes", "queued": 0, "ignored": {},
          "unserved": {}, "paused": false, "watch": { "mode": "events", "why": "they work" },
          "last": { "id": "old", "origin": "web", "state": "failed",
                    "finishedAt": "2026-11-20T00:00:00Z" },
          "runner": { "pid": 1, "startedAt": "2026-11-20T00:00:00Z", "version": "0.1.0" },
          "health": { "state": "unknown", "detail": "" } }
        """;
    Files.write(place.spool.status(), older.getBytes(StandardCharsets.UTF_8));
    place.board().show();
    assertEquals("old", place.status().last().id().value());
    assertEquals(2, place.status().releases().size());
  }
}
