package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;

class IntakeTest {

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

  @Test
  void bothFormsBecomeJobsWithAPrivateCopy() throws IOException {
    border.touch("1700000000-update@1.2.0");
    border.drop("1700000001-b.json", Border.CHECK);
    border.intake.scan();
    assertEquals(2, Border.names(border.state.journals()).size());
    assertEquals(List.of(), Border.names(border.spool.inbox("operator")));
    assertEquals(List.of(), Border.names(border.spool.processing()));
    assertEquals(List.of("1700000000-update-1.2.0", "1700000001-b"), border.take());
  }

  @Test
  void whatAnEarlierLifeAdmittedIsNotExaminedAgain() throws IOException {
    border.touch("check");
    border.intake.scan();
    border.restart();
    border.intake.adopt();
    assertEquals(0, border.queue.size());
  }

  @Test
  void whatAnEarlierLifeOnlyClaimedIsExaminedByTheNext() throws IOException {
    Path claim = border.spool.claim("1700000000000.000003.operator");
    Files.createDirectories(claim);
    Files.createFile(claim.resolve("check"));
    border.intake.adopt();
    assertEquals(List.of("check"), border.take());
  }

  @Test
  void whatALaterVersionHasToldIsTold() throws IOException {
    border.drop("1700000001-b.json", "{\"action\": \"cancel\", \"id\": \"b\"}");
    border.intake.scan();
    Path result = border.spool.result("operator", "b");
    Files.writeString(result, Files.readString(result).replaceFirst("\\{", "{\"later\": 1,"));
    assertEquals(Outcome.REJECTED, border.result("b").state());
  }

  @Test
  void whatAnActionHasNoUseForIsRefused() throws IOException {
    border.touch("restart@9.9.9");
    border.drop("1700000001-a.json", "{\"action\":\"check\",\"params\":{\"version\":\"1.0.0\"}}");
    border.drop("1700000002-b.json", "{\"action\":\"update\",\"params\":{\"snapshot\":\"1\"}}");
    border.intake.scan();
    assertEquals(List.of(), border.take());
    assertEquals(
        "cannot take restart@9.9.9: it names a version, which restart does not take",
        border.result("restart-9.9.9").error().message());
    assertEquals(Outcome.REJECTED, border.result("1700000001-a").state());
    assertEquals(Outcome.REJECTED, border.result("1700000002-b").state());
  }

  @Test
  void aNameCannotForgeALineOfTheLog() throws IOException {
    border.drop("update.\n2026-11-21 INFO all is well", "content");
    border.intake.scan();
    List<String> ids = Border.names(border.spool.rejected("operator"));
    assertEquals(1, ids.size());
    String message = border.result(ids.get(0)).error().message();
    assertTrue(message.startsWith("cannot take update. 2026-11-21 INFO all is well: "), message);
  }

  /** It would wait for its own end. */
  @Test
  void aCancelOfItselfIsRefused() throws IOException {
    border.drop(
        "1700000001-c.json", "{\"id\":\"a\",\"action\":\"cancel\",\"params\":{\"id\":\"a\"}}");
    border.intake.scan();
    assertEquals(List.of(), border.take());
    assertEquals(
        "cannot take 1700000001-c.json: it names itself as the request to cancel",
        border.result("a").error().message());
  }

  @Test
  void aCancelOfAnOriginThatIsNotThereIsRefused() throws IOException {
    String other = "../results/operator";
    border.drop(
        "1700000001-c.json",
        "{\"action\":\"cancel\",\"params\":{\"id\":\"x\",\"origin\":\"" + other + "\"}}");
    border.intake.scan();
    assertEquals("REQUEST_UNKNOWN", border.result("1700000001-c").error().code());
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
    assertEquals(200 - left, border.take().size());
    assertEquals(0, border.scanAll().left());
    assertEquals(left, border.take().size());
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
  void aMissingInboxHoldsUpNoOther() throws IOException {
    for (String missing : List.of("operator", "web")) {
      String other = missing.equals("web") ? "operator" : "web";
      Files.delete(border.spool.inbox(missing));
      border.drop(other, "1700000000-a.json", "{\"action\": \"update\"}");
      border.intake.scan();
      assertEquals(List.of("1700000000-a"), border.take());
      Files.createDirectory(border.spool.inbox(missing));
    }
    border.touch("check.back");
    border.intake.scan();
    assertEquals(List.of("check.back"), border.take());
  }

  @Test
  void theSameIdInOneBatchIsOneJob() throws IOException {
    String json = "{\"action\": \"check\", \"id\": \"once\"}";
    border.drop("1700000000-a.json", json);
    border.drop("1700000001-b.json", json);
    border.drop("1700000002-c.json", json.replace("check", "prune"));
    border.intake.scan();
    assertEquals(List.of("once"), border.take());
    assertEquals("ID_TAKEN", border.result("1700000002-c").error().code());
  }

  /** A full disk may keep the runner from telling that a job is queued; nothing is told here. */
  @Test
  void theSameIdIsOneJobAlsoWhileItCouldNotBeTold() throws IOException {
    String json = "{\"action\": \"check\", \"id\": \"once\"}";
    border.drop("1700000000-a.json", json);
    border.intake.scan();
    border.drop("1700000001-b.json", json);
    border.intake.scan();
    border.touch("1700000002-check");
    border.intake.scan();
    border.touch("1700000002-check");
    border.intake.scan();
    List<String> ids = border.take();
    assertEquals(3, ids.size(), ids::toString);
    assertEquals(List.of("once", "1700000002-check"), ids.subList(0, 2));
    assertTrue(ids.get(2).startsWith("1700000002-check-"), ids::toString);
  }

  @Test
  void anEarlierLifesJobKeepsItsId() throws IOException {
    String json = "{\"action\": \"check\", \"id\": \"once\"}";
    border.drop("1700000000-a.json", json);
    border.intake.scan();
    QueuedJob job = border.queue.take(Border.NOW).orElseThrow();
    border.restart();
    border.intake.know(job);
    border.drop("1700000001-b.json", json);
    border.intake.scan();
    assertEquals(0, border.queue.size());
  }

  /** The runner dies right after it has told, before it puts the file aside. */
  @Test
  void aRefusalThatWasToldIsNotToldAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      border.drop("check", "content");
      border.intake.scan();
    }
    List<String> told = Border.names(border.spool.results("operator"));
    assertEquals(3, told.size(), told::toString);
    for (String id : Border.names(border.spool.rejected("operator"))) {
      Result result = border.result(id);
      Path claim =
          border.spool.claim(
              String.format("%013d.000007.operator", result.claimedAt().toEpochMilli()));
      Files.createDirectories(claim);
      Files.move(border.spool.rejected("operator").resolve(id), claim.resolve("check"));
      border.restart();
      border.intake.adopt();
    }
    assertEquals(told, Border.names(border.spool.results("operator")));
    assertEquals(3, Border.names(border.spool.rejected("operator")).size());
  }

  @Test
  void whatCannotSayWhatItIsAboutIsRefused() throws IOException {
    border.touch("cancel");
    border.touch("restore");
    border.drop("1700000000-c.json", "{\"action\": \"cancel\"}");
    border.intake.scan();
    for (String id : List.of("cancel", "restore", "1700000000-c")) {
      Result result = border.result(id);
      assertAll(
          () -> assertEquals(Outcome.REJECTED, result.state(), id),
          () -> assertEquals("REQUEST_MALFORMED", result.error().code(), id));
    }
    assertTrue(border.result("cancel").error().message().contains("params.id"));
    assertTrue(border.result("restore").error().message().contains("params.snapshot"));
  }

  @Test
  void strayNamesAmongTheClaimsAreLeftAlone() throws IOException {
    Path stray = border.spool.claim("x.y.z");
    Files.createDirectories(stray.resolve("deep"));
    Files.createFile(stray.resolve("check"));
    Path odd = border.spool.claim("1700000000000.000001.operator");
    Files.createDirectories(odd);
    Files.createFile(odd.resolve("notes.txt"));
    Path cut = border.spool.claim("1700000000000.000002.operator");
    Files.createDirectories(cut);
    border.touch("check");
    border.intake.adopt();
    border.intake.scan();
    assertEquals(List.of("check"), border.take());
    assertTrue(Files.exists(stray.resolve("check")));
    assertTrue(Files.exists(odd.resolve("notes.txt")));
    assertFalse(Files.exists(cut));
  }

  @Test
  void aClaimThatVanishesFromOutsideIsNobodysRequest() throws IOException {
    border.drop("1700000000-a.json", "{\"action\": ");
    assertEquals(1, border.intake.scan().unsettled());
    Path claim = border.spool.claim(Border.names(border.spool.processing()).get(0));
    Files.delete(claim.resolve("1700000000-a.json"));
    assertEquals(0, border.intake.scan().unsettled());
    assertFalse(Files.exists(claim));
  }

  @Test
  void anInboxThatIsALinkIsNotServedAndTheOthersAre() throws IOException {
    Path inbox = border.spool.inbox("operator");
    Path elsewhere = Files.move(inbox, directory.resolve("elsewhere"));
    Files.createSymbolicLink(inbox, elsewhere);
    border.touch("1700000000-check");
    border.drop("web", "1700000000-a.json", "{\"action\": \"update\"}");
    Intake.Scan scan = border.intake.scan();
    assertEquals(List.of("1700000000-a"), border.take());
    String message = scan.unserved().get("operator").message();
    assertTrue(message.endsWith("is a symbolic link, which may lead anywhere"), message);
    Files.delete(inbox);
    Files.move(elsewhere, inbox);
    assertEquals(Map.of(), border.intake.scan().unserved());
    assertEquals(List.of("1700000000-check"), border.take());
  }

  @Test
  void anInboxThatOthersCanWriteToIsNotServedUntilItIsClosed() throws IOException {
    Path inbox = border.spool.inbox("operator");
    Files.setAttribute(inbox, "unix:mode", 01777);
    border.touch("check");
    Status.Unserved why = border.intake.scan().unserved().get("operator");
    assertEquals(
        "cannot serve operator: " + inbox + " has mode 1777, so that others can change it",
        why.message());
    assertEquals("Run `chmod 1730 " + inbox + "`.", why.fix());
    assertEquals(List.of(), border.take());
    Files.setAttribute(inbox, "unix:mode", 01730);
    border.intake.scan();
    assertEquals(List.of("check"), border.take());
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
    border.budget.spend("web", border.budget.most() - 4096);
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
    border.budget.spend("web", border.budget.most() - 2 * 4096);
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
    border.budget.spend("web", border.budget.most());
    Intake.Scan scan = border.intake.scan();
    assertEquals(Set.of("web"), scan.unserved().keySet());
    assertTrue(scan.isAllTaken());
  }

  @Test
  void idsOfFilesWithoutOneAreMadeUnique() throws IOException {
    for (int i : IntStream.range(0, 3).toArray()) {
      border.touch("check");
      border.intake.scan();
      QueuedJob job = border.queue.take(Border.NOW).orElseThrow();
      RequestId id = job.accepted().id();
      assertEquals(i == 0, id.value().equals("check"), id::value);
    }
    assertEquals(3, Border.names(border.state.journals()).size());
  }
}
