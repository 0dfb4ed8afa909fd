package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;

/** How much of an origin is taken in, and what becomes of the rest. */
class IntakeLimitsTest {

  @TempDir Path directory;
  private Border border;

  @BeforeEach
  void make() throws Exception {
    border = new Border(directory);
  }

  private static String held(String id) {
    return "{\"action\": \"check\", \"id\": \""
        + id
        + "\", \"notBefore\": \"2900-01-01T00:00:00Z\"}";
  }

  private void flood(int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      border.drop(String.format("17%08d-h.json", i), held("h" + i));
    }
  }

  /** Nine of the largest that there may be, for each megabyte that may be taken in. */
  private void floodOfLarge(String fields) throws IOException {
    String reason = "x".repeat(60_000);
    for (int i = 0; i < 200; i++) {
      border.drop(
          String.format("1700000%03d-l.json", i),
          "{\"action\": \"check\", " + fields + "\"reason\": \"" + reason + "\"}");
    }
  }

  @Test
  void largeRequestsWaitInTheInboxBeforeTheyFillTheMemory() throws Exception {
    border = new Border(directory.resolve("large"), 1000);
    floodOfLarge("");
    int left = border.scanAll().left();
    assertTrue(left > 0 && left < 100, "left in the inbox: " + left);
    // On a busy machine one or the other is read a little later.
    AtomicInteger taken = new AtomicInteger(border.take().size());
    assertTrue(taken.get() <= 200 - left, "taken in " + taken + ", left " + left);
    Awaitility.await()
        .until(
            () -> {
              border.scanAll();
              return taken.addAndGet(border.take().size()) == 200;
            });
  }

  @Test
  void largeRequestsThatAreHeldAreRefusedBeforeTheyFillTheMemory() throws Exception {
    border = new Border(directory.resolve("large"), 1000);
    floodOfLarge("\"notBefore\": \"2900-01-01T00:00:00Z\", ");
    border.drop("1700009999-c.json", Border.CHECK);
    border.scanAll();
    assertEquals("TOO_MANY_HELD", border.result("1700000199-l").error().code());
    assertEquals(List.of("1700009999-c"), border.take());
  }

  @Test
  void heldRequestsDoNotFillTheInbox() throws IOException {
    flood(0, 15);
    border.drop("1900000000-last.json", Border.CHECK);
    border.intake.scan();
    border.intake.scan();
    assertEquals(List.of("1900000000-last"), border.take());
    assertEquals(List.of(), Border.names(border.spool.inbox("operator")));
  }

  @Test
  void moreHeldRequestsThanOneOriginMayHaveAreRefusedAndSaySo() throws IOException {
    flood(0, 21);
    border.intake.scan();
    border.intake.scan();
    assertEquals(20, border.queue.size());
    Result refused = border.result("h20");
    assertEquals(Outcome.REJECTED, refused.state());
    assertEquals("TOO_MANY_HELD", refused.error().code());
    border.drop("web", "1700000000-a.json", Border.CHECK.replace("check", "update"));
    border.intake.scan();
    assertEquals(
        1,
        border.queue.held("web", Border.NOW).jobs() + border.queue.due("web", Border.NOW).jobs());
  }

  @Test
  void aFloodWaitsInItsInboxUnharmed() throws IOException {
    for (int i = 0; i < 30; i++) {
      border.touch(String.format("17%08d-check", i));
    }
    assertEquals(10, border.intake.scan().left());
    assertEquals(20, border.queue.size());
    assertEquals(10, Border.names(border.spool.inbox("operator")).size());
    assertEquals(20, border.take().size());
    border.intake.scan();
    assertEquals(10, border.take().size());
  }

  @Test
  void nothingIsClaimedBelowTheFloorAndAllOfItOnceThereIsRoom() throws IOException {
    border.inodes = any -> Border.INODES + 1;
    border.restart();
    border.intake.scan();
    border.drop("web", "1700000000-a.json", "{\"action\": \"update\"}");
    border.touch("check");
    assertEquals(
        "cannot serve web: only 101 of 200 inodes are free in " + border.spool.path(),
        border.intake.scan().unserved().get("web").message());
    assertEquals(List.of("check"), border.take(), "the last room is for whoever looks after all");
    assertEquals(List.of("1700000000-a.json"), Border.names(border.spool.inbox("web")));
    border.inodes = any -> 2 * Border.INODES;
    border.restart();
    border.intake.scan();
    assertEquals(Map.of(), border.intake.scan().unserved());
    assertEquals(List.of("1700000000-a"), border.take());
  }

  @Test
  void anOriginThatHasUsedItsPartOfTheDiskIsNotServedAndOthersAre() throws IOException {
    border.drop("web", "1700000000-a.json", "{\"action\": \"update\"}");
    border.budget.spend("web", limit() - 4096);
    border.intake.scan();
    assertEquals(List.of("1700000000-a"), border.take());
    border.budget.spend("web", 1);
    border.drop("web", "1700000002-c.json", "{\"action\": \"update\"}");
    border.touch("check");
    Status.Unserved why = border.intake.scan().unserved().get("web");
    assertTrue(why.message().endsWith("more than 4 times `keep.bytes`"), why.message());
    assertEquals(List.of("check"), border.take());
    assertEquals(List.of("1700000002-c.json"), Border.names(border.spool.inbox("web")));
  }

  @Test
  void aTerabyteOfNothingUsesUpNothing() throws IOException {
    border.budget.spend("web", limit() - 2 * 4096);
    Path made = border.spool.inbox("web").resolve(".made");
    try (FileChannel nothing =
        FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      nothing.write(ByteBuffer.wrap(new byte[1]), 1L << 40);
    }
    Files.move(made, border.spool.inbox("web").resolve("1700000000-terabyte.json"));
    border.intake.scan();
    assertEquals(List.of("1700000000-terabyte"), Border.names(border.spool.rejected("web")));
    assertEquals(Map.of(), border.intake.scan().unserved());
  }

  @Test
  void aClaimThatWaitsForRoomKeepsNoDrainWaiting() throws IOException {
    border.drop("web", "1700000000-torn.json", "{");
    assertEquals(1, border.intake.scan().unsettled());
    border.budget.spend("web", limit());
    Intake.Scan scan = border.intake.scan();
    assertEquals(Set.of("web"), scan.unserved().keySet());
    assertTrue(scan.isAllTaken());
  }

  /** What an origin may leave on the disk. */
  private long limit() {
    return 4 * border.deployment.keep().bytes();
  }
}
