package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a runner goes to by itself, and what keeps it from that. */
class AutoUpdateTest {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;

  @BeforeEach
  void publish() {
    application = new SampleApplication(home, "app");
    application
        .file()
        .set("updates", "auto", "\"patch\"")
        .set("updates", "check", "\"30d\"")
        .set("updates", "timezone", "\"UTC\"");
  }

  private Spool runners() {
    return home.spool("app", "auto");
  }

  private List<JsonNode> updates() {
    return runners().results().stream()
        .filter(result -> Results.text(result, "action").equals("update"))
        .filter(Spool::isEnd)
        .toList();
  }

  private static boolean isSucceededCheck(JsonNode result) {
    return Results.text(result, "action").equals("check")
        && Results.text(result, "state").equals("succeeded");
  }

  private JsonNode auto() {
    return home.spool("app").status().path("auto");
  }

  private void awaitWhy(String part) {
    Until.isTrue(part, () -> Results.text(auto(), "why").contains(part));
  }

  private void awaitServing(String version) {
    Until.isTrue(version + " serving", () -> application.serving().equals(Optional.of(version)));
    Until.isTrue("nothing running", () -> home.spool("app").status().path("running").isNull());
  }

  @Test
  void itGoesToTheNewestPatchAndLeavesTheRestToPeople() {
    Spool spool = application.installed();
    Until.isTrue(
        "a check by itself",
        () -> runners().results().stream().anyMatch(AutoUpdateTest::isSucceededCheck));
    application.release("1.0.1", new Release()).release("2.0.0", new Release());

    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));

    awaitServing("1.0.1");
    awaitWhy("1.0.1 is live already");
    JsonNode update = updates().get(0);
    assertEquals(1, updates().size());
    assertEquals("succeeded", Results.text(update, "state"), update.toPrettyString());
    assertEquals("auto", Results.text(update, "origin"));
    assertEquals("1.0.0", Results.text(update, "from"));
    assertEquals("1.0.1", Results.text(update, "to"));
    assertEquals("patch", Results.text(auto(), "level"));
    assertEquals("2.0.0", Results.text(spool.status().path("available"), "version"));
    String status = home.spoolway("status", "app").outOfSuccess();
    assertTrue(status.contains("by itself  patch; 1.0.1 is live already; looks again in "), status);
  }

  @Test
  void aHoldKeepsEverybodyBackWhoDoesNotNameAVersion() {
    application
        .file()
        .set("[updates.hold]", "until", "2999-12-24")
        .set("[updates.hold]", "reason", "\"exams\"");
    Spool spool = application.installed();
    application.release("1.0.1", new Release());
    String why = "1.0.0 is live, and 1.0.1 is held until 2999-12-24: exams";

    spool.ask("check");

    awaitWhy(why);
    assertEquals(why, Results.text(spool.status().path("available"), "why"));
    JsonNode asked = spool.ask("update");
    assertEquals("unchanged", Results.text(asked, "state"), asked.toPrettyString());
    assertEquals(why, Results.text(Results.step(asked, "resolve"), "detail"));
    assertEquals(List.of(), updates());

    String before = readAt();
    application.file().without("[updates.hold]");
    application.write();
    Until.isTrue("the file being read anew", () -> !readAt().equals(before));
    spool.ask("check.again");
    awaitServing("1.0.1");
  }

  private String readAt() {
    return Results.text(home.spool("app").status().path("runner"), "startedAt");
  }

  @Test
  void whatIsRolledBackIsNotTriedAgainSoonAndSomethingNewerIs() {
    Spool spool = application.installed();
    application.release("1.0.1", new Release().health("exits"));

    spool.ask("check");

    awaitWhy("an update to it failed");
    assertEquals("rolled_back", Results.text(updates().get(0), "state"));
    Instant failed = Instant.parse(Results.text(updates().get(0), "finishedAt"));
    Instant again = Instant.parse(Results.text(auto(), "at"));
    assertEquals(24, ChronoUnit.HOURS.between(failed.truncatedTo(ChronoUnit.MINUTES), again));
    spool.ask("check.again");
    awaitWhy("an update to it failed");
    assertEquals(1, updates().size());
    assertEquals(Optional.of("1.0.0"), application.serving());

    application.release("1.0.2", new Release());
    spool.ask("check.newer");
    awaitServing("1.0.2");
  }

  @Test
  void aWindowIsWaitedForAlsoByTheNextRunner() throws IOException {
    Path clock = Files.writeString(home.path().resolve("clock"), "0");
    Instant opens = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);
    String window = TIME.format(opens) + "-" + TIME.format(opens.plus(2, ChronoUnit.HOURS));
    application.file().set("updates", "windows", "[" + Json.quote(window) + "]");
    application.release("1.0.0", new Release()).write();
    startBy(clock);
    Spool spool = home.spool("app");
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    application.release("1.0.1", new Release());
    spool.ask("check");
    awaitWhy("the window opens");
    assertEquals(opens, Instant.parse(Results.text(auto(), "at")));
    assertEquals(List.of(), updates());

    home.killRunners();
    Files.writeString(clock, Long.toString(3 * 3600 + 1800));
    startBy(clock);

    awaitServing("1.0.1");
    JsonNode update = runners().await("update-1.0.1-" + STAMP.format(opens));
    assertEquals("succeeded", Results.text(update, "state"), update.toPrettyString());
  }

  private void startBy(Path clock) {
    List<String> options = List.of("-Dspoolway.clock=" + clock);
    List<String> arguments = List.of("--home", home.path().toString(), "run");
    home.awaitServing(
        home.start(Map.of(), Launch.through(SteppedClockRunner.class, options, arguments)));
  }
}
