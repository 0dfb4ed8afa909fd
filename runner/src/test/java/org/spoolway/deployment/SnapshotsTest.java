package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Snapshots.Snapshot;
import org.spoolway.host.Database;
import org.spoolway.host.FakeDatabase;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Copies of the data: complete or not there. */
class SnapshotsTest {

  private static final Instant AT = Instant.parse("2026-11-21T01:34:55Z");
  private static final Version VERSION = new Version("1.0.0");

  @TempDir Path root;
  private Snapshots snapshots;

  @BeforeEach
  void open() {
    snapshots = new Snapshots(new ApplicationDir(root), Database.none());
  }

  @Test
  void beforeTheFirstSnapshotThereIsNone() throws IOException {
    assertEquals(List.of(), snapshots.all());
    assertEquals(Optional.empty(), snapshots.find("1-1.0.0"));
  }

  @Test
  void aSnapshotIsFoundByItsName() throws IOException, ProblemException {
    take("42-1.0.0", AT, "twelve bytes");
    Snapshot found = snapshots.find("42-1.0.0").orElseThrow();
    assertEquals(new Snapshot("42-1.0.0", VERSION, "update", AT, 12), found);
    assertEquals("twelve bytes", Files.readString(snapshots.data("42-1.0.0").resolve("notes.db")));
  }

  @Test
  void snapshotsAreListedTheNewestFirst() throws IOException, ProblemException {
    take("2-1.0.0", AT.plusSeconds(60), "b");
    take("10-1.0.0", AT.plusSeconds(120), "c");
    take("1-1.0.0", AT, "a");
    assertEquals(
        List.of("10-1.0.0", "2-1.0.0", "1-1.0.0"),
        snapshots.all().stream().map(Snapshot::name).toList());
  }

  @Test
  void aDamagedSnapshotHidesNoOther() throws IOException, ProblemException {
    take("1-1.0.0", AT, "whole");
    take("2-1.0.0", AT, "damaged");
    Files.writeString(root.resolve("snapshots/2-1.0.0/about.json"), "{");
    assertTrue(snapshots.find("1-1.0.0").isPresent());
    assertEquals(Optional.empty(), snapshots.find("2-1.0.0"));
    assertEquals(List.of("1-1.0.0"), snapshots.all().stream().map(Snapshot::name).toList());
  }

  @Test
  void onlyTheRunnerCanReadASnapshot() throws IOException, ProblemException {
    take("1-1.0.0", AT, "secret");
    for (Path path : List.of(root.resolve("snapshots"), root.resolve("snapshots/1-1.0.0"))) {
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }

  @Test
  void aSnapshotThatCouldNotBeFilledIsNotThere() throws IOException {
    ProblemException full = new ProblemException(Problem.DISK_FULL, "cannot copy: full");
    assertThrows(
        ProblemException.class,
        () ->
            snapshots.take(
                "1-1.0.0",
                VERSION,
                "update",
                AT,
                data -> {
                  Files.writeString(data.resolve("notes.db"), "half");
                  throw full;
                }));
    assertEquals(List.of(), snapshots.all());
  }

  @Test
  void halfASnapshotMakesRoomForTheNextOfItsName() throws IOException, ProblemException {
    Files.createDirectories(snapshots.data("1-1.0.0"));
    Files.writeString(snapshots.data("1-1.0.0").resolve("leftover"), "half");
    take("1-1.0.0", AT, "whole");
    try (var names = Files.list(snapshots.data("1-1.0.0"))) {
      assertEquals(List.of("notes.db"), names.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void whatARestorePutAsideIsASnapshotOnceItIsDescribed() throws IOException {
    String name = Snapshots.replacedName(43);
    Files.createDirectories(snapshots.data(name));
    Files.writeString(snapshots.data(name).resolve("notes.db"), "old");
    assertEquals(List.of(), snapshots.all());
    snapshots.describe(name, null, "replaced", AT);
    snapshots.describe(name, null, "replaced", AT);
    assertEquals("43-replaced", snapshots.all().get(0).name());
  }

  @Test
  void aRemovedSnapshotIsGoneWholeOrNot() throws IOException, ProblemException {
    take("1-1.0.0", AT, "a");
    take("2-1.0.0", AT, "b");
    Files.createDirectories(snapshots.data("3-1.0.0"));
    snapshots.remove("1-1.0.0");
    snapshots.remove("1-1.0.0");
    snapshots.remove("3-1.0.0");
    try (var names = Files.list(root.resolve("snapshots"))) {
      assertEquals(List.of("2-1.0.0"), names.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void aRemovalThatWasCutShortIsGoneOnWithWhereverThatWas() throws IOException, ProblemException {
    take("2-1.0.0", AT, "b");
    Files.createDirectories(snapshots.data("43-replaced"));
    for (String last : List.of("data/notes.db", "data", "rows.json", "removing.json", ".")) {
      take("1-1.0.0", AT, "a");
      snapshots.noteRows("1-1.0.0", List.of());
      removeAndDieAfter(last);
      assertEquals(List.of("2-1.0.0"), snapshots.all().stream().map(Snapshot::name).toList());
      snapshots.goOnRemoving();
      assertEquals(Set.of("2-1.0.0", "43-replaced"), names(root.resolve("snapshots")), last);
    }
  }

  /** What a removal leaves that gets no further than one path of the snapshot. */
  private void removeAndDieAfter(String last) throws IOException {
    Path snapshot = root.resolve("snapshots/1-1.0.0");
    Files.move(snapshot.resolve("about.json"), snapshot.resolve("removing.json"));
    for (String gone : List.of("data/notes.db", "data", "rows.json", "removing.json", ".")) {
      Files.delete(snapshot.resolve(gone).normalize());
      if (gone.equals(last)) {
        return;
      }
    }
  }

  @Test
  void whatIsNoSnapshotIsLeftAlone() throws IOException, ProblemException {
    take("1-1.0.0", AT, "a");
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.writeString(root.resolve("snapshots/README"), "do not touch");
    Files.createSymbolicLink(root.resolve("snapshots/link"), elsewhere);

    assertEquals(List.of(), snapshots.goOnRemoving());

    assertEquals(Set.of("1-1.0.0", "README", "link"), names(root.resolve("snapshots")));
  }

  /** As where there is more room. */
  @Test
  void snapshotsMayLieBehindALink() throws IOException, ProblemException {
    take("1-1.0.0", AT, "a");
    Files.move(root.resolve("snapshots"), root.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("snapshots"), root.resolve("elsewhere"));

    assertEquals(List.of("1-1.0.0"), snapshots.all().stream().map(Snapshot::name).toList());
  }

  @Test
  void aRemovalThatTheDatabaseRefusesIsGoneOnWith() throws IOException, ProblemException {
    take("1-1.0.0", AT, "a");
    FakeDatabase database = FakeDatabase.inMemory();
    database.fail(FakeDatabase.Call.DISCARD, Problem.SNAPSHOT_FAILED);
    Snapshots refused = new Snapshots(new ApplicationDir(root), database);
    assertThrows(ProblemException.class, () -> refused.remove("1-1.0.0"));
    assertThrows(ProblemException.class, refused::goOnRemoving);
    assertEquals(List.of(), refused.all());
    assertEquals(Set.of("1-1.0.0"), names(root.resolve("snapshots")));
    database.mend(FakeDatabase.Call.DISCARD);
    refused.goOnRemoving();
    assertEquals(Set.of(), names(root.resolve("snapshots")));
  }

  private static Set<String> names(Path directory) throws IOException {
    try (var names = Files.list(directory)) {
      return names.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void theNameTellsTheJobAndTheRelease() {
    assertEquals("42-1.0.0", Snapshots.name(42, Optional.of(VERSION)));
    assertEquals("42-empty", Snapshots.name(42, Optional.empty()));
    assertEquals("42-replaced", Snapshots.replacedName(42));
  }

  private void take(String name, Instant at, String content) throws IOException, ProblemException {
    snapshots.take(
        name, VERSION, "update", at, data -> Files.writeString(data.resolve("notes.db"), content));
  }
}
