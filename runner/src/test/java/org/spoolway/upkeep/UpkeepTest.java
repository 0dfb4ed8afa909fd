package org.spoolway.upkeep;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private Deployment deployment;
  private SpoolDir spool;
  private Budget budget;

  @BeforeEach
  void make() throws IOException {
    deployment =
        Deployments.keeping(
            Deployments.notes(directory.resolve("notes")),
            new Deployment.Keep(2, 2, 0, 2, 1 << 20));
    budget = new Budget(deployment);
    spool = new SpoolDir(directory.resolve("spool"));
    for (String origin : List.of("operator", "web")) {
      Files.createDirectories(spool.results(origin));
      Files.createDirectories(spool.logs(origin));
      Files.createDirectories(spool.rejected(origin));
    }
  }

  /** Two requests are kept, whatever their age, of each kind and origin. */
  private void sweep() throws IOException {
    sweep(NOW);
  }

  private void sweep(Instant now) throws IOException {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    new Upkeep(deployment, spool, (origin, id) -> id.equals("held"), clock, budget).sweep();
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
    Files.writeString(elsewhere.resolve("precious"), "x");
    Path rejected = spool.rejected("web");
    Files.createSymbolicLink(rejected.resolve("link"), elsewhere);
    Files.createDirectory(rejected.resolve("empty"));
    Path full = Files.createDirectory(rejected.resolve("full"));
    Files.writeString(full.resolve("precious"), "x");
    Path old = Files.writeString(rejected.resolve("old"), "x");
    for (String name : List.of("a", "b")) {
      await().until(() -> changed(Files.writeString(rejected.resolve(name), "x")) > changed(old));
    }
    sweep(Instant.now().plusSeconds(60));
    assertEquals(List.of("a", "b", "full"), names(rejected));
    assertTrue(Files.exists(elsewhere.resolve("precious")));
    assertTrue(Files.exists(full.resolve("precious")));
  }

  @Test
  void aTimeThatItsWriterSetKeepsNoRefusedFile() throws IOException {
    Path rejected = spool.rejected("web");
    Path future = Files.writeString(rejected.resolve("future"), "x");
    Files.setLastModifiedTime(future, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    for (String name : List.of("a", "b")) {
      await()
          .until(() -> changed(Files.writeString(rejected.resolve(name), "x")) > changed(future));
    }
    sweep(Instant.now().plusSeconds(60));
    assertEquals(List.of("a", "b"), names(rejected));
  }

  private static long changed(Path path) throws IOException {
    return ((FileTime) Files.getAttribute(path, "unix:ctime")).to(TimeUnit.NANOSECONDS);
  }

  /**
   * Such a file takes no room, and would have everything go that was refused shortly before or
   * after.
   */
  @Test
  void aRefusedFileOfMuchNothingCostsNoOtherItsPlace() throws IOException {
    Path rejected = spool.rejected("web");
    Files.writeString(rejected.resolve("other"), "x");
    Path hollow = rejected.resolve("terabyte-of-nothing");
    try (FileChannel channel = FileChannel.open(hollow, CREATE_NEW, WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), (1L << 40) - 1);
    }
    sweep(Instant.now().plusSeconds(60));
    assertEquals(List.of("other", "terabyte-of-nothing"), names(rejected));
  }

  @Test
  void whatIsLeftIsWhatTheBudgetHasUsed() throws IOException {
    Path refused = spool.rejected("web").resolve("terabyte-of-nothing");
    budget.spend("web", 100_000);
    budget.spend("operator", 1);
    file(spool.result("web", "r1"), Duration.ofHours(1));
    Files.writeString(spool.log("web", "r1"), "x".repeat(5000));
    file(spool.log("web", "r0"), Duration.ofDays(2));
    file(spool.log("web", "r2"), Duration.ofMinutes(2));
    try (FileChannel nothing = FileChannel.open(refused, CREATE_NEW, WRITE)) {
      nothing.write(ByteBuffer.wrap(new byte[1]), 1L << 40);
    }
    sweep();
    assertEquals(4096 + 8192 + 4096 + 4096, budget.used("web"));
    assertEquals(0, budget.used("operator"));
  }

  @Test
  void anOriginThatHasUsedFourTimesWhatAKindMayHaveHasSpentItsBudget() {
    for (int i = 0; i < 1023; i++) {
      budget.spend("web", 1);
    }
    assertEquals(Optional.empty(), budget.spent("web"));
    budget.spend("web", 4096);
    assertEquals(
        "cannot serve web: its results, logs and refused files take 4 MiB of the disk,"
            + " more than 4 times `keep.bytes`",
        budget.spent("web").orElseThrow().message());
    assertEquals(Optional.empty(), budget.spent("operator"));
    budget.found("web", budget.used("web"), 4096);
    assertEquals(Optional.empty(), budget.spent("web"));
  }
}
