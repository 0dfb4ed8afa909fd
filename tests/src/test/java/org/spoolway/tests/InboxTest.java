package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What may lie in an inbox, in which order it is taken, and what is refused. */
class InboxTest {

  private static final String CHECK = "{\"action\": \"check\"}";

  @RegisterExtension final Home home = new Home();
  private Spool spool;
  private Runner runner;

  @BeforeEach
  void start() {
    SampleApplication application = new SampleApplication(home, "app");
    application.release("1.0.0", new Release()).write();
    runner = home.run();
    spool = home.spool("app");
  }

  @Test
  void allSpellingsOfTimeAreOneOrder() {
    runner.stop();
    List<String> inOrder =
        List.of(
            "20231114T221320Z-check",
            "1700000001-check",
            "1700000002000-check.b",
            "1700000002000000-check.c",
            "1700000003000000000-check",
            "20231114T221324.5Z-check",
            "1700000005-named.json",
            "check",
            "4102444800-check.later-than-now-counts-as-arrival");
    for (int i : new int[] {4, 0, 6, 2, 8, 5, 1, 3}) {
      drop(inOrder.get(i));
    }
    // The two that count by their arrival: the one of the far future came first.
    drop("check");

    assertEquals(0, home.drain());

    List<String> carriedOut =
        spool.results().stream()
            .sorted(Comparator.comparing(result -> result.path("sequence").asLong()))
            .map(result -> Results.text(result.path("order"), "name"))
            .toList();
    List<String> expected = new java.util.ArrayList<>(inOrder);
    expected.remove("check");
    expected.add("check");
    assertEquals(expected, carriedOut);
  }

  private void drop(String name) {
    if (name.endsWith(".json")) {
      spool.drop(name, CHECK);
    } else {
      spool.touch(name);
    }
  }

  @Test
  void sameIdAndContentAreOneJob() {
    String json = "{\"id\": \"once\", \"action\": \"check\"}";
    spool.drop("1700000000-a.json", json);
    JsonNode first = spool.await("once");

    spool.drop("1700000000-b.json", json);
    Until.isTrue(
        "the second copy being gone",
        () -> spool.list("processing").isEmpty() && isEmpty(spool.inbox()));

    assertEquals(List.of(first), spool.results());
  }

  private static boolean isEmpty(Path directory) {
    String[] names = directory.toFile().list();
    return names != null && names.length == 0;
  }

  @Test
  void sameIdWithOtherContentIsRefusedUnderTheNameOfItsFile() {
    JsonNode first = spool.request("once", "\"action\": \"check\"");

    spool.drop("1700000001-other.json", "{\"id\": \"once\", \"action\": \"prune\"}");

    Results.assertError("rejected", "ID_TAKEN", spool.await("1700000001-other"));
    assertEquals(first, spool.await("once"));
  }

  @Test
  void requestThatExpiredIsNotCarriedOut() {
    String fields =
        "\"action\": \"update\", \"expires\": \"2020-01-01T00:00:00Z\", \"notBefore\": \"2099-01-01T00:00:00Z\"";

    Results.assertError("expired", "EXPIRED", spool.request("stale", fields));
  }

  @Test
  void notBeforeHoldsOneBackAndNobodyBehindIt() {
    Instant due = Instant.now().plusSeconds(2);
    spool.drop(
        "1700000000-held.json",
        "{\"id\": \"held\", \"action\": \"check\", \"notBefore\": \"" + due + "\"}");
    spool.await("held", "queued");

    assertEquals(
        "succeeded", Results.text(spool.request("behind", "\"action\": \"check\""), "state"));
    assertEquals("queued", Results.text(spool.await("held", "queued"), "state"));

    JsonNode held = spool.await("held");
    assertEquals("succeeded", Results.text(held, "state"));
    assertFalse(Instant.parse(Results.text(held.path("steps").get(0), "startedAt")).isBefore(due));
  }

  @Test
  void slowWriterGetsTimeToFinish() throws IOException {
    Path file = spool.inbox().resolve("1700000000-slow.json");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("{\"action\": ".getBytes(StandardCharsets.UTF_8)));
      Until.isTrue("the unfinished file being claimed", () -> !Files.exists(file));
      channel.write(ByteBuffer.wrap("\"check\"}".getBytes(StandardCharsets.UTF_8)));
    }

    assertEquals("succeeded", Results.text(spool.await("1700000000-slow"), "state"));
  }

  @Test
  void fileThatNeverBecomesARequestIsRefusedAndKept() throws IOException {
    spool.drop("1700000000-torn.json", "{\"action\": ");

    Results.assertError("rejected", "REQUEST_MALFORMED", spool.await("1700000000-torn"));

    Path kept = spool.directory().resolve("rejected/operator/1700000000-torn");
    Until.isTrue("the file being put aside", () -> Files.exists(kept));
    assertEquals("{\"action\": ", Files.readString(kept));
  }

  @Test
  void unknownFieldsAndDuplicateKeysAreNamed() {
    spool.drop("1700000000-field.json", "{\"action\": \"check\", \"verison\": \"1.0.0\"}");
    spool.drop("1700000000-twice.json", "{\"action\": \"check\", \"action\": \"update\"}");

    assertTrue(messageOf(spool.await("1700000000-field")).contains("verison"));
    assertTrue(messageOf(spool.await("1700000000-twice")).contains("action"));
  }

  private static String messageOf(JsonNode result) {
    Results.assertError("rejected", "REQUEST_MALFORMED", result);
    return Results.text(result.path("error"), "message");
  }

  @Test
  void sizeAndDepthHaveLimits() {
    int room = 65_536 - CHECK.length();
    spool.drop("1700000000-largest.json", CHECK + " ".repeat(room));
    spool.drop("1700000000-larger.json", CHECK + " ".repeat(room + 1));
    String deep = "[".repeat(33) + "]".repeat(33);
    spool.drop("1700000000-deep.json", "{\"action\": \"check\", \"reason\": " + deep + "}");

    assertEquals("succeeded", Results.text(spool.await("1700000000-largest"), "state"));
    messageOf(spool.await("1700000000-larger"));
    messageOf(spool.await("1700000000-deep"));
  }

  @Test
  void contentUnderATouchNameIsRefused() throws IOException {
    Path written = Files.writeString(spool.inbox().resolve(".x"), "something");
    Files.move(written, spool.inbox().resolve("update"));

    Results.assertError("rejected", "CONTENT_UNDER_TOUCH_NAME", spool.await("update"));
  }

  @Test
  void whatIsNoPlainFileIsPutAsideUnopened() throws IOException {
    Path secret =
        Files.writeString(
            home.path().resolve("secret"), "{\"action\": \"check\", \"reason\": \"a secret\"}");
    Files.createDirectories(spool.inbox().resolve("check.directory/inner"));
    Files.createSymbolicLink(spool.inbox().resolve("1700000000-link.json"), secret);
    Program.output(home.path(), "mkfifo", spool.inbox().resolve("1700000001-fifo.json").toString());
    Files.createLink(spool.inbox().resolve("1700000002-hard.json"), secret);

    for (String id :
        List.of("check.directory", "1700000000-link", "1700000001-fifo", "1700000002-hard")) {
      JsonNode result = spool.await(id);
      Results.assertError("rejected", "NOT_A_REGULAR_FILE", result);
      assertFalse(result.toString().contains("a secret"));
      Path kept = spool.directory().resolve("rejected/operator").resolve(id);
      Until.isTrue(id + " being put aside", () -> Files.exists(kept, LinkOption.NOFOLLOW_LINKS));
    }
    assertTrue(Files.isRegularFile(secret));
    assertEquals("succeeded", Results.text(spool.ask("check.after"), "state"));
  }

  @Test
  void secondNameThatGoesAwayIsAWayToPublish() throws IOException {
    Path written = Files.writeString(spool.inbox().resolve(".written"), CHECK);
    Files.createLink(spool.inbox().resolve("1700000000-linked.json"), written);
    Until.isTrue(
        "the link being claimed",
        () -> !Files.exists(spool.inbox().resolve("1700000000-linked.json")));
    Files.delete(written);

    assertEquals("succeeded", Results.text(spool.await("1700000000-linked"), "state"));
  }

  @Test
  void namesOutsideTheGrammarAreLeftAloneAndCounted() throws IOException {
    List<String> names =
        List.of(
            ".hidden",
            "update.tmp",
            "update~",
            "notes.txt",
            "frobnicate",
            "12-check",
            "update.json",
            "20231332T000000Z-check",
            "update.partial",
            "update@1.x");
    for (String name : names) {
      Files.writeString(spool.inbox().resolve(name), "whatever");
    }

    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    Until.isTrue(
        "all of them being counted",
        () -> spool.status().path("ignored").path("operator").asInt() == names.size());

    for (String name : names) {
      assertEquals("whatever", Files.readString(spool.inbox().resolve(name)), name);
    }
    assertEquals(1, spool.results().size());
  }

  @Test
  void fileThatItsWriterTookBackInTimeIsNobodysRequest() throws IOException {
    runner.stop();
    spool.touch("update");
    Files.delete(spool.inbox().resolve("update"));

    assertEquals(0, home.drain());

    assertEquals(Optional.empty(), spool.results().stream().findAny());
  }
}
