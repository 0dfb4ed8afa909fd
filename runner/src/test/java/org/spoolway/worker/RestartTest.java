package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.journal.CutShortJournal;
import org.spoolway.journal.Death;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.worker.Worker.Mode;

/** What the next life makes of what a dead one left. */
class RestartTest {

  private static final String HELD =
      "{\"action\": \"check\", \"id\": \"job\", \"notBefore\": \"2900-01-01T00:00:00Z\"}";

  private static final String CANCEL = "{\"action\": \"cancel\", \"params\": {\"id\": \"job\"}}";

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void install() throws IOException {
    place = new Workplace(directory).installed();
  }

  /** Carries out what waits, and dies as soon as a step begins. */
  private String dieIn(String step) throws IOException {
    place.journals = journal -> new CutShortJournal(journal, step);
    assertThrows(Death.class, place::drain);
    place.journals = JournalWrapper.NONE;
    return Workplace.names(place.state.journals()).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "migrate", "gate", "prune"})
  void everyJobComesToOneEnd(String step) throws IOException {
    place.touch("update");
    dieIn(step);
    place.drain();
    Result result = place.result("update");
    assertEquals(step.equals("migrate") ? Outcome.ROLLED_BACK : Outcome.SUCCEEDED, result.state());
    assertEquals(List.of(), Workplace.names(place.state.journals()));
    assertEquals(List.of(), Workplace.names(place.spool.processing()));
  }

  /** As after a power cut, while the host starts: the services wait for this recovery. */
  @ParameterizedTest
  @ValueSource(strings = {"stop", "migrate", "swap", "start", "gate"})
  void beforeTheServicesStartReleaseAndDataAreDecidedAndNothingIsStarted(String step)
      throws IOException {
    place.touch("update");
    dieIn(step);
    boolean swapped = step.equals("start") || step.equals("gate");
    place.services.setRunning(null);
    int calls = place.services.calls().size();
    place.worker(Mode.DRAIN).recoverOnly(Worker.Repair.LEAVE_TO_RUNNER);
    List<String> since = place.services.calls().subList(calls, place.services.calls().size());
    assertFalse(since.stream().anyMatch(call -> call.startsWith("start")), since::toString);
    Version live = new Version(swapped ? "1.1.0" : "1.0.0");
    assertEquals(Optional.of(live), place.live());
    assertEquals("notes of users", place.database.content());
    place.services.setRunning(live);
    place.drain();
    assertEquals(swapped ? Outcome.SUCCEEDED : Outcome.ROLLED_BACK, place.result("update").state());
    assertEquals(live, place.services.running());
  }

  /** A journal is made before its first entry is whole; nothing was told or done by then. */
  @ParameterizedTest
  @ValueSource(strings = {"", "0badcafe {\"entry\":\"acc"})
  void aJournalThatWasJustBegunIsBegunAnew(String content) throws IOException {
    String ticket = "1700000000000.000001.operator";
    Files.createDirectories(place.spool.claim(ticket));
    Files.createFile(place.spool.claim(ticket).resolve("check"));
    Files.writeString(place.state.journal(ticket), content);
    place.drain();
    assertEquals(Outcome.SUCCEEDED, place.result("check").state());
    assertEquals(List.of(), damaged());
  }

  private List<String> damaged() throws IOException {
    return Workplace.names(place.state.path()).stream()
        .filter(name -> name.startsWith("damaged"))
        .toList();
  }

  /** The first entry is damaged and a later, forced one is not: the job may have done anything. */
  @Test
  void aJournalThatTheDiskDamagedAtItsHeadIsNotBegunAnew() throws IOException {
    place.touch("update");
    String ticket = dieIn("migrate");
    byte[] bytes = Files.readAllBytes(place.state.journal(ticket));
    bytes[20] ^= 1;
    Files.write(place.state.journal(ticket), bytes);
    int ran = place.commands.ran().size();
    place.drain();
    assertEquals(ran, place.commands.ran().size());
    assertEquals(List.of("damaged." + ticket), damaged());
  }

  @Test
  void aDamagedJournalIsToldOnceAndKept() throws IOException {
    place.touch("update");
    String ticket = dieIn("migrate");
    String text = Files.readString(place.state.journal(ticket), StandardCharsets.ISO_8859_1);
    int second = text.indexOf('\n') + 20;
    byte[] bytes = Files.readAllBytes(place.state.journal(ticket));
    bytes[second] ^= 1;
    Files.write(place.state.journal(ticket), bytes);
    place.drain();
    Result told = place.result("update");
    assertEquals(Outcome.NEEDS_INTERVENTION, told.state());
    assertTrue(told.error().message().contains("is damaged"), told.error()::message);
    assertEquals(List.of("damaged." + ticket), damaged());
    Files.copy(place.state.path().resolve("damaged." + ticket), place.state.journal(ticket));
    Files.delete(place.state.path().resolve("damaged." + ticket));
    place.drain();
    assertEquals(told, place.result("update"));
    assertEquals(List.of(), Workplace.names(place.state.journals()));
  }

  @Test
  void aToldJobLeavesNothingBehind() throws IOException {
    place.touch("update");
    String ticket = dieIn("prune");
    byte[] journal = Files.readAllBytes(place.state.journal(ticket));
    place.drain();
    Result told = place.result("update");
    Files.write(place.state.journal(ticket), journal);
    place.drain();
    assertEquals(told, place.result("update"));
    assertEquals(List.of(), Workplace.names(place.state.journals()));
  }

  /** Its journal's removal reached the disk before a power cut, its claim's did not. */
  @Test
  void aClaimThatWasCarriedOutIsNotCarriedOutAgain() throws IOException {
    place.touch("check");
    place.drain();
    long claimed = place.result("check").claimedAt().toEpochMilli();
    Path claim = place.spool.claim(claimed + ".000000.operator");
    Files.createDirectory(claim);
    Files.createFile(claim.resolve("check"));
    place.drain();
    assertEquals(
        List.of("check.json", "update.first.json"),
        Workplace.names(place.spool.results("operator")));
    assertEquals(List.of(), Workplace.names(place.spool.processing()));
  }

  @ParameterizedTest
  @CsvSource({"expires, 2020-01-01T00:00:00Z, EXPIRED", "notBefore, 2900-01-01T00:00:00Z, QUEUED"})
  void aCancelHeedsItsTime(String field, String time, Outcome end) throws IOException {
    place.drop("1700000000-job.json", HELD);
    String timed = "}, \"" + field + "\": \"" + time + "\"}";
    place.drop("1700000001-c.json", CANCEL.replace("}}", timed));
    place.drain();
    assertEquals(end, place.result("1700000001-c").state());
    assertEquals(Outcome.QUEUED, place.result("job").state());
  }

  @Test
  void aCurrentThatIsNoLinkKeepsNobodyFromAnAnswer() throws IOException {
    Path current = place.deployment.root().resolve("current");
    Files.deleteIfExists(current);
    Files.createDirectory(current);
    place.touch("update");
    place.drain();
    assertEquals(Outcome.FAILED, place.result("update").state());
    assertEquals(Status.HealthState.UNKNOWN, place.status().health().state());
  }
}
