package org.spoolway.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.layout.SpoolDir;
import org.spoolway.plan.Deployments;

class UpkeepTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;
  private SpoolDir spool;

  @BeforeEach
  void make() throws IOException {
    spool = new SpoolDir(directory.resolve("spool"));
    for (String origin : List.of("operator", "web")) {
      Files.createDirectories(spool.results(origin));
      Files.createDirectories(spool.logs(origin));
      Files.createDirectories(spool.rejected(origin));
    }
  }

  /** Two requests are kept, whatever their age, of each kind and origin. */
  private void sweep() throws IOException {
    Deployment deployment = Deployments.notes(directory.resolve("notes"));
    Deployment.Keep keep = new Deployment.Keep(2, 2, 0, 2, 1 << 20);
    new Upkeep(
            Deployments.keeping(deployment, keep),
            spool,
            (origin, id) -> id.equals("held"),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .sweep();
  }

  private static Path aged(Path path, Duration age) throws IOException {
    FileTime time = FileTime.from(NOW.minus(age));
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, time, time);
    return path;
  }

  private static Path file(Path path, Duration age) throws IOException {
    return aged(Files.writeString(path, "x"), age);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theOldestGoButNoResultWithinADay() throws IOException {
    for (int hours = 20; hours <= 28; hours += 2) {
      file(spool.result("web", "r" + hours), Duration.ofHours(hours));
      file(spool.log("web", "r" + hours), Duration.ofHours(hours));
    }
    sweep();
    assertEquals(List.of("r20.json", "r22.json"), names(spool.results("web")));
    assertEquals(List.of("r20.log", "r22.log"), names(spool.logs("web")));
    for (int hours = 1; hours <= 5; hours++) {
      file(spool.result("web", "r" + hours), Duration.ofHours(hours));
    }
    sweep();
    assertEquals(7, names(spool.results("web")).size());
  }

  @Test
  void whatHasNotEndedStays() throws IOException {
    file(spool.result("web", "held"), Duration.ofDays(90));
    file(spool.result("web", "ended"), Duration.ofDays(90));
    file(spool.result("web", "b"), Duration.ofDays(3));
    file(spool.result("web", "a"), Duration.ofDays(2));
    sweep();
    assertEquals(List.of("a.json", "b.json", "held.json"), names(spool.results("web")));
  }

  @Test
  void whatWasRefusedGoesAsItIsAndIsNeverFollowedOrDescendedInto() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    file(elsewhere.resolve("precious"), Duration.ofDays(9));
    Path rejected = spool.rejected("web");
    aged(Files.createSymbolicLink(rejected.resolve("link"), elsewhere), Duration.ofDays(9));
    aged(Files.createDirectory(rejected.resolve("empty")), Duration.ofDays(9));
    Path full = Files.createDirectory(rejected.resolve("full"));
    file(full.resolve("precious"), Duration.ofDays(9));
    aged(full, Duration.ofDays(9));
    file(rejected.resolve("old"), Duration.ofDays(8));
    file(rejected.resolve("a"), Duration.ofDays(1));
    file(rejected.resolve("b"), Duration.ofDays(1));
    sweep();
    assertEquals(List.of("a", "b", "full"), names(rejected));
    assertTrue(Files.exists(elsewhere.resolve("precious")));
    assertTrue(Files.exists(full.resolve("precious")));
  }
}
