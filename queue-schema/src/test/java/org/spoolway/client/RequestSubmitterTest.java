package org.spoolway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.client.RequestSubmitter.Submission;
import org.spoolway.layout.EntryName;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

class RequestSubmitterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T01:34:55.123456789Z");
  private static final Version VERSION = new Version("3.2.0");

  @TempDir Path inbox;
  private RequestSubmitter submitter;

  @BeforeEach
  void stopTheClock() {
    submitter = at(NOW);
  }

  @Test
  void requestIsDroppedUnderItsTimeAndId() throws Exception {
    Request request = Request.of(Action.UPDATE, VERSION).withId(new RequestId("web-1"));
    Submission dropped = submitter.submit(request);
    assertEquals(new RequestId("web-1"), dropped.id());
    assertEquals(inbox.resolve("1795224895123456789-web-1.json"), dropped.file());
    assertEquals(request, SchemaJson.request(Files.readAllBytes(dropped.file())));
    assertEquals(List.of("1795224895123456789-web-1.json"), names());
  }

  @Test
  void requestWithoutAnIdGetsAFreshOneThatTellsTheTime() throws Exception {
    Submission first = submitter.submit(Request.of(Action.CHECK, null));
    Submission second = submitter.submit(Request.of(Action.CHECK, null));
    assertTrue(
        first.id().value().matches("20261121T013455\\.123Z-[0-9a-z]{6}"), first.id().value());
    assertNotEquals(first.id(), second.id());
    assertEquals(first.id(), SchemaJson.request(Files.readAllBytes(first.file())).id());
  }

  @Test
  void nothingIsEverOverwritten() throws Exception {
    Request request = Request.of(Action.CHECK, null).withId(new RequestId("a"));
    for (int i = 0; i < 5; i++) {
      submitter.submit(request);
      submitter.touch(Action.CHECK, null);
    }
    assertEquals(
        List.of(
            "1795224895123456789-a.json",
            "1795224895123456789-check",
            "1795224895123456790-a.json",
            "1795224895123456790-check",
            "1795224895123456791-a.json",
            "1795224895123456791-check",
            "1795224895123456792-a.json",
            "1795224895123456792-check",
            "1795224895123456793-a.json",
            "1795224895123456793-check"),
        names());
  }

  @Test
  void nameThatAnotherWriterIsAboutToTakeIsLeftToIt() throws Exception {
    Path draft = Files.createFile(inbox.resolve(".1795224895123456789-a.json"));
    Submission dropped =
        submitter.submit(Request.of(Action.CHECK, null).withId(new RequestId("a")));
    assertEquals(inbox.resolve("1795224895123456790-a.json"), dropped.file());
    assertTrue(Files.exists(draft));
  }

  @Test
  void touchedFileIsEmptyAndItsNameSaysItAll() throws Exception {
    Path file = submitter.touch(Action.UPDATE, VERSION);
    assertEquals("1795224895123456789-update@3.2.0", file.getFileName().toString());
    assertEquals(0, Files.size(file));
    EntryName name = EntryName.parse(file.getFileName().toString()).orElseThrow();
    assertEquals(new EntryName(EntryName.Form.TOUCH, NOW, Action.UPDATE, VERSION), name);
  }

  @Test
  void namesKeepTheirFormWhenTheClockIsNotSet() throws Exception {
    Instant early = Instant.parse("1970-01-01T00:00:07Z");
    Path file = at(early).touch(Action.CHECK, null);
    assertEquals(early, EntryName.parse(file.getFileName().toString()).orElseThrow().time());
    Submission dropped = at(early).submit(Request.of(Action.CHECK, null));
    assertEquals(
        early, EntryName.parse(dropped.file().getFileName().toString()).orElseThrow().time());
  }

  @Test
  void requestThatNoRunnerWouldReadIsNotDropped() throws Exception {
    int rest = SchemaJson.pretty(because("")).length;
    submitter.submit(because("x".repeat(Request.MAX_BYTES - rest)));
    assertEquals(List.of("1795224895123456789-long.json"), names());
    RequestSubmitter.TooLarge error =
        assertThrows(
            RequestSubmitter.TooLarge.class,
            () -> submitter.submit(because("x".repeat(Request.MAX_BYTES - rest + 1))));
    assertEquals(
        "cannot drop request long: it has 65537 bytes, and 65536 are allowed", error.getMessage());
    assertEquals(1, names().size());
  }

  private static Request because(String reason) {
    return new Request(
        Request.SCHEMA,
        new RequestId("long"),
        Action.CHECK,
        null,
        reason,
        null,
        false,
        null,
        null,
        null);
  }

  @Test
  void inboxThatIsNotThereIsNotMade() {
    RequestSubmitter lost =
        new RequestSubmitter(inbox.resolve("absent"), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThrows(NoSuchFileException.class, () -> lost.submit(Request.of(Action.CHECK, null)));
    assertThrows(NoSuchFileException.class, () -> lost.touch(Action.CHECK, null));
    assertTrue(Files.notExists(inbox.resolve("absent")));
  }

  private RequestSubmitter at(Instant instant) {
    return new RequestSubmitter(inbox, Clock.fixed(instant, ZoneOffset.UTC));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(inbox)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
