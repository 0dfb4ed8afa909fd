package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  /** The lines without the age, which differs. */
  private List<String> rows() {
    return home.run("queue")
        .out()
        .lines()
        .map(row -> row.replaceAll("[0-9.]+ s +", "AGE "))
        .toList();
  }

  @Test
  void emptyQueueSaysSo() {
    assertEquals(new FakeMachine.Ran(0, "nothing waits\n", ""), home.run("queue"));
    assertEquals(new FakeMachine.Ran(0, "[ ]\n", ""), home.run("queue", "--json"));
  }

  @Test
  void inboxIsShownWithoutOpeningWhatLiesInIt() throws Exception {
    home.run("enqueue", "notes", "check", "--id", "one");
    home.drain();
    Path inbox = home.spool().inbox("operator");
    Files.createFile(inbox.resolve("1795255200-update@1.1.0"));
    Files.createFile(inbox.resolve(".draft"));
    Files.createFile(inbox.resolve("readme"));
    assertEquals(
        List.of(
            "   DEPLOYMENT  ACTION        STATE         AGE ORIGIN    OWNER  ID",
            "1  notes       update 1.1.0  in its inbox  AGE operator  ada    "
                + "1795255200-update@1.1.0"),
        rows().stream().map(row -> row.replaceFirst("AGE +ORIGIN", "AGE ORIGIN")).toList());
  }

  @Test
  void whatWaitsIsShownInOrderAndWhatIsHeldBehindIt() throws Exception {
    home.run(
        "enqueue", "notes", "check", "--id", "held", "--not-before", "2999-01-01T00:00:00.123Z");
    home.run("enqueue", "notes", "check", "--id", "first");
    home.run("enqueue", "notes", "update", "--version", "1.0.0", "--id", "second");
    home.run("pause", "notes");
    home.drain();
    List<String> rows = rows();
    assertAll(
        () -> assertEquals(4, rows.size(), rows.toString()),
        () ->
            assertTrue(
                rows.get(1).matches("1  notes +check +queued .* ada +first"), rows::toString),
        () ->
            assertTrue(
                rows.get(2).matches("2  notes +update 1.0.0 +queued .*second"), rows::toString),
        () ->
            assertTrue(
                rows.get(3).matches("3  notes +check +held until 2999-01-01T00:00:00Z .*held"),
                rows::toString));
  }

  @Test
  void programsGetAllThatIsKnown() throws Exception {
    home.run("enqueue", "notes", "check", "--id", "held", "--not-before", "2999-01-01T00:00:00Z");
    home.drain();
    String json = home.run("queue", "notes", "--json").out();
    assertAll(
        () -> assertTrue(json.contains("\"id\" : \"held\""), json),
        () -> assertTrue(json.contains("\"state\" : \"held\""), json),
        () -> assertTrue(json.contains("\"notBefore\" : \"2999-01-01T00:00:00Z\""), json),
        () -> assertTrue(json.contains("\"owner\" : \"ada\""), json));
  }

  @Test
  void claimThatIsNotUnderstoodYetIsShown() throws Exception {
    home.run("enqueue", "notes", "check", "--id", "one");
    home.drain();
    Path claim = home.spool().claim("1795255200000.000001.web");
    Files.createDirectories(claim);
    Files.createFile(claim.resolve("update"));
    assertTrue(home.run("queue").out().contains("update  claimed"), home.run("queue").out());
  }
}
