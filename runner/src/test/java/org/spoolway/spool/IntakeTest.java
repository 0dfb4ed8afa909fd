package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
