package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;

/** What ran here, and what follows from it. */
class HistoryTest {

  private static final Instant AT = Instant.parse("2026-11-21T01:34:55.5Z");

  @TempDir Path directory;
  private Path file;
  private History history;

  @BeforeEach
  void open() {
    file = directory.resolve("history.jsonl");
    history = new History(file);
  }

  @Test
  void nothingRanWhereThereIsNoFile() throws IOException {
    assertEquals(List.of(), history.entries());
    assertEquals(Optional.empty(), history.lastSuccessfulUpdate());
    assertEquals(Optional.empty(), history.highestThatRan());
    assertEquals(Set.of(), history.goneBackFrom());
  }

  @Test
  void jobsThatFailedAreKeptAndLeadNowhere() throws IOException {
    history.add(update(1, null, "1.0.0", Outcome.SUCCEEDED));
    for (int sequence = 2; sequence <= 12; sequence++) {
      history.add(update(sequence, "1.0.0", "2.0.0", Outcome.FAILED));
    }
    history.add(update(12, "1.0.0", "2.0.0", Outcome.FAILED));
    assertEquals(12, history.entries().size());
    assertEquals(1, history.lastSuccessfulUpdate().orElseThrow().sequence());
    assertEquals(Optional.of(new Version("1.0.0")), history.highestThatRan());
  }

  /** Else a release that a newer runner has brought would never have run here. */
  @Test
  void whatANewerRunnerAddedCountsWithoutWhatIsNewInIt() throws IOException {
    history.add(update(1, null, "1.0.0", Outcome.SUCCEEDED));
    history.add(update(2, "1.0.0", "2.0.0", Outcome.SUCCEEDED));
    String written = Files.readString(file);
    Files.writeString(file, written.replace("{\"sequence\":2,", "{\"isNew\":[1],\"sequence\":2,"));
    assertEquals(2, history.entries().size());
    assertEquals(Optional.of(new Version("2.0.0")), history.highestThatRan());
  }

  @Test
  void failuresAreThoseOfOneVersion() throws IOException {
    history.add(update(1, null, "1.0.0", Outcome.SUCCEEDED));
    history.add(update(2, "1.0.0", "2.0.0", Outcome.FAILED));
    history.add(update(3, "1.0.0", "2.0.0", Outcome.ROLLED_BACK));
    history.add(update(4, "1.0.0", "2.0.0-rc.1", Outcome.FAILED));
    history.add(update(5, "1.0.0", "2.0.0", Outcome.SUCCEEDED));
    history.add(rollback(6, "2.0.0", "1.0.0"));
    assertEquals(2, history.failuresOf(new Version("2.0.0")).size());
    history.add(entry(7, Action.UPDATE, "1.0.0", "2.0.0", Outcome.NEEDS_INTERVENTION));
    assertEquals(3, history.failuresOf(new Version("2.0.0")).size());
    assertEquals(1, history.failuresOf(new Version("2.0.0-rc.1")).size());
    assertEquals(List.of(), history.failuresOf(new Version("1.0.0")));
  }

  /** A version is not to blame for what people did, or for a queue that was long. */
  @Test
  void whatWasTakenBackOrCameTooLateIsNoFailure() throws IOException {
    history.add(update(1, "1.0.0", "2.0.0", Outcome.CANCELLED));
    history.add(update(2, "1.0.0", "2.0.0", Outcome.EXPIRED));
    assertEquals(List.of(), history.failuresOf(new Version("2.0.0")));
  }

  @Test
  void whatIsAddedIsReadBackInOrder() throws IOException {
    History.Entry full =
        new History.Entry(
            2,
            "web",
            new RequestId("r-2"),
            Action.UPDATE,
            Outcome.SUCCEEDED,
            new Version("1.0.0"),
            new Version("1.1.0"),
            AT,
            AT.plusSeconds(9),
            812L,
            "2-1.0.0",
            "mark",
            "Ada \"ä\"\n\u2028",
            "a form",
            List.of("another"),
            true);
    History.Entry bare = update(3, "1.1.0", null, Outcome.FAILED);
    history.add(full);
    history.add(bare);
    assertEquals(List.of(full, bare), new History(file).entries());
  }

  @Test
  void aJobIsWrittenDownOnceHoweverOftenARestartAddsIt() throws IOException {
    History.Entry entry = update(2, "1.0.0", "1.1.0", Outcome.SUCCEEDED);
    history.add(entry);
    history.add(entry);
    Object before = Files.getAttribute(file, "unix:ino");
    new History(file).add(entry);
    assertEquals(List.of(entry), history.entries());
    assertNotEquals(before, Files.getAttribute(file, "unix:ino"), "the first may not be on disk");
  }

  @Test
  void aLineTornAtAnyByteIsLeftOutAndDoesNotSpoilTheNext() throws IOException {
    History.Entry first = update(1, null, "1.0.0", Outcome.SUCCEEDED);
    History.Entry torn = update(2, "1.0.0", "1.1.0", Outcome.SUCCEEDED);
    History.Entry next = update(3, "1.0.0", "1.2.0", Outcome.SUCCEEDED);
    history.add(first);
    int whole = (int) Files.size(file);
    history.add(torn);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = whole; length < bytes.length - 1; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertEquals(List.of(first), history.entries(), "torn at " + length);
      history.add(next);
      assertEquals(List.of(first, next), history.entries(), "torn at " + length);
    }
  }

  @Test
  void aLineThatLacksOnlyItsEndCounts() throws IOException {
    History.Entry first = update(1, null, "1.0.0", Outcome.SUCCEEDED);
    History.Entry next = update(2, "1.0.0", "1.1.0", Outcome.SUCCEEDED);
    history.add(first);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    history.add(first);
    history.add(next);
    assertEquals(List.of(first, next), history.entries());
  }

  @Test
  void bytesThatAreNoTextAreLeftOut() throws IOException {
    History.Entry first = update(1, null, "1.0.0", Outcome.SUCCEEDED);
    history.add(first);
    Files.write(file, new byte[] {0, 0, (byte) 0xff, '\n', '\n'}, StandardOpenOption.APPEND);
    assertEquals(List.of(first), history.entries());
  }

  @Test
  void theLastEntriesComeNewestFirst() throws IOException {
    assertEquals(List.of(), history.last(2));
    for (int sequence = 1; sequence <= 4; sequence++) {
      history.add(update(sequence, null, "1.0.0", Outcome.SUCCEEDED));
    }
    Files.writeString(file, "{\"sequence\":5,\"orig", StandardOpenOption.APPEND);
    assertEquals(List.of(4L, 3L), history.last(2).stream().map(History.Entry::sequence).toList());
    assertEquals(4, history.last(20).size());
  }

  @Test
  void downtimesAreThoseOfTheLastJobsOfTheKindThatClosedADoor() throws IOException {
    assertEquals(List.of(), history.downtimes(Action.UPDATE, 2));
    history.add(took(1, Action.UPDATE, Outcome.SUCCEEDED, 100L));
    history.add(took(2, Action.UPDATE, Outcome.SUCCEEDED, 200L));
    history.add(took(3, Action.UPDATE, Outcome.SUCCEEDED, 300L));
    history.add(took(4, Action.UPDATE, Outcome.SUCCEEDED, null));
    history.add(took(5, Action.UPDATE, Outcome.ROLLED_BACK, 500L));
    history.add(took(6, Action.UPDATE, Outcome.NEEDS_INTERVENTION, 600L));
    history.add(took(7, Action.ROLLBACK, Outcome.SUCCEEDED, 700L));
    assertEquals(List.of(300L, 200L), history.downtimes(Action.UPDATE, 2));
    assertEquals(List.of(700L), history.downtimes(Action.ROLLBACK, 2));
    assertEquals(List.of(), history.downtimes(Action.RESTART, 2));
  }

  private static History.Entry took(
      long sequence, Action action, Outcome state, @Nullable Long millis) {
    return new History.Entry(
        sequence,
        "web",
        new RequestId("r-" + sequence),
        action,
        state,
        new Version("1.0.0"),
        new Version("1.1.0"),
        AT,
        AT.plusSeconds(9),
        millis,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void theLastSuccessfulUpdateIsWhatARollbackGoesBackFrom() throws IOException {
    History.Entry good = update(2, "1.0.0", "1.1.0", Outcome.SUCCEEDED);
    history.add(update(1, null, "1.0.0", Outcome.SUCCEEDED));
    history.add(good);
    history.add(update(3, "1.1.0", "1.2.0", Outcome.ROLLED_BACK));
    history.add(update(4, "1.1.0", "1.2.0", Outcome.FAILED));
    history.add(update(5, "1.1.0", "1.1.0", Outcome.UNCHANGED));
    history.add(rollback(6, "1.1.0", "1.0.0"));
    assertEquals(Optional.of(good), history.lastSuccessfulUpdate());
  }

  @Test
  void theHighestVersionThatPassedTheGateIsTheFloor() throws IOException {
    history.add(update(1, null, "1.9.0", Outcome.SUCCEEDED));
    history.add(update(2, "1.9.0", "1.10.0", Outcome.SUCCEEDED));
    history.add(update(3, "1.10.0", "2.0.0", Outcome.ROLLED_BACK));
    history.add(update(4, "1.10.0", "1.8.0", Outcome.SUCCEEDED));
    assertEquals(Optional.of(new Version("1.10.0")), history.highestThatRan());
  }

  @Test
  void aVersionStaysGoneBackFromUntilSomebodyAsksForItAgain() throws IOException {
    history.add(update(1, "1.0.0", "1.1.0", Outcome.SUCCEEDED));
    assertEquals(Set.of(), history.goneBackFrom());
    history.add(rollback(2, "1.1.0", "1.0.0"));
    assertEquals(Set.of(new Version("1.1.0")), history.goneBackFrom());
    history.add(update(3, "1.0.0", "1.1.0", Outcome.ROLLED_BACK));
    assertEquals(Set.of(new Version("1.1.0")), history.goneBackFrom());
    history.add(update(4, "1.0.0", "1.1.0", Outcome.SUCCEEDED));
    assertEquals(Set.of(), history.goneBackFrom());
  }

  @Test
  void aRollbackThatNamesAVersionAsksForItAgain() throws IOException {
    history.add(update(1, "1.0.0", "1.1.0", Outcome.SUCCEEDED));
    history.add(rollback(2, "1.1.0", "1.0.0"));
    history.add(rollback(3, "1.0.0", "1.1.0"));
    assertEquals(Set.of(new Version("1.0.0")), history.goneBackFrom());
  }

  /** It passed the gate, turned unhealthy, and stayed since users had written. */
  @Test
  void whatStayedThoughUnhealthyIsWhatARollbackGoesBackFrom() throws IOException {
    history.add(update(1, null, "1.0.0", Outcome.SUCCEEDED));
    History.Entry unproven =
        entry(2, Action.UPDATE, "1.0.0", "1.1.0", Outcome.NEEDS_INTERVENTION, true);
    history.add(unproven);
    history.add(update(3, "1.1.0", "1.2.0", Outcome.NEEDS_INTERVENTION));
    assertEquals(Optional.of(unproven), history.lastSuccessfulUpdate());
    assertEquals(Optional.of(unproven), history.lastUpdateFrom(new Version("1.0.0")));
    assertEquals(Optional.of(new Version("1.1.0")), history.highestThatRan());
  }

  private static History.Entry rollback(long sequence, String from, String to) {
    return entry(sequence, Action.ROLLBACK, from, to, Outcome.SUCCEEDED);
  }

  private static History.Entry update(
      long sequence, @Nullable String from, @Nullable String to, Outcome outcome) {
    return entry(sequence, Action.UPDATE, from, to, outcome);
  }

  private static History.Entry entry(
      long sequence, Action action, @Nullable String from, @Nullable String to, Outcome outcome) {
    return entry(sequence, action, from, to, outcome, null);
  }

  private static History.Entry entry(
      long sequence,
      Action action,
      @Nullable String from,
      @Nullable String to,
      Outcome outcome,
      @Nullable Boolean unproven) {
    return new History.Entry(
        sequence,
        "operator",
        new RequestId("r-" + sequence),
        action,
        outcome,
        from == null ? null : new Version(from),
        to == null ? null : new Version(to),
        AT,
        AT,
        null,
        null,
        null,
        null,
        null,
        null,
        unproven);
  }
}
