package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.deployment.Deployment.Keep;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.schema.Version;

/** What pruning leaves, whichever rule asks for it. */
class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  @Test
  void theNewestReleasesAreKept() {
    assertEquals(versions("1.1.0", "1.0.0"), retention(3, 1, 0).releasesToRemove(five()));
    assertEquals(List.of(), retention(5, 1, 0).releasesToRemove(five()));
    assertEquals(List.of(), retention(9, 1, 0).releasesToRemove(five()));
  }

  @Test
  void aReleaseThatIsNeededIsKeptHoweverOldItIs() {
    Retention retention = new Retention(keep(2, 1, 0), versions("1.0.0", "1.2.0"), List.of(), NOW);
    assertEquals(versions("1.1.0"), retention.releasesToRemove(five()));
  }

  @Test
  void theNewestSnapshotsAreKept() {
    assertEquals(names("2", "1"), retained(retention(2, 3, 0)));
    assertEquals(names(), retained(retention(2, 5, 0)));
  }

  @Test
  void aYoungSnapshotIsKeptHoweverManyThereAre() {
    assertEquals(names("2", "1"), retained(retention(2, 1, 3)));
    assertEquals(names(), retained(retention(2, 1, 30)));
  }

  @Test
  void aSnapshotThatIsNeededIsKeptHoweverOldItIs() {
    Retention retention = new Retention(keep(2, 1, 0), List.of(), List.of("1", "3"), NOW);
    assertEquals(names("4", "2"), retained(retention));
  }

  private static Retention retention(int releases, int snapshots, int days) {
    return new Retention(
        keep(releases, snapshots, days), List.of(), List.of(), NOW.minus(Duration.ofDays(days)));
  }

  private static Keep keep(int releases, int snapshots, int days) {
    return new Keep(releases, snapshots, days, 0, 0);
  }

  private static List<Version> five() {
    return versions("1.4.0", "1.3.0", "1.2.0", "1.1.0", "1.0.0");
  }

  private static List<Version> versions(String... texts) {
    return List.of(texts).stream().map(Version::new).toList();
  }

  /** Five snapshots, one a day, the newest of today and named 5. */
  private static List<String> retained(Retention retention) {
    List<Snapshot> newestFirst =
        names("5", "4", "3", "2", "1").stream()
            .map(name -> new Snapshot(name, null, "update", taken(name), 1))
            .toList();
    return retention.snapshotsToRemove(newestFirst).stream().map(Snapshot::name).toList();
  }

  private static Instant taken(String name) {
    return NOW.minus(Duration.ofDays(5 - Long.parseLong(name))).minusSeconds(1);
  }

  private static List<String> names(String... names) {
    return List.of(names);
  }
}
