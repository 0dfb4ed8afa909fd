package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** One request carries the application to its next release, through raw files alone. */
class MainJobTest {

  private static final List<String> UPDATE_STEPS =
      List.of(
          "preflight",
          "resolve",
          "fetch",
          "verify",
          "build",
          "link",
          "seal",
          "check",
          "maintenance-on",
          "stop",
          "snapshot",
          "migrate",
          "swap",
          "start",
          "gate",
          "maintenance-off",
          "prune",
          "notify");

  private static final List<String> RESULT_FIELDS =
      List.of(
          "schema",
          "id",
          "origin",
          "deployment",
          "action",
          "state",
          "from",
          "to",
          "requestedBy",
          "owner",
          "reason",
          "attempt",
          "sequence",
          "requestSha256",
          "submittedAt",
          "claimedAt",
          "finishedAt",
          "downtimeMillis",
          "steps",
          "changes",
          "error",
          "log");

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;

  @BeforeEach
  void publish() {
    application = new SampleApplication(home, "app");
  }

  @Test
  void touchedFileInstallsTheNewestReleaseWhenNoneIsThere() {
    application.release("0.9.0", new Release()).release("1.0.0", new Release());
    application.release("1.1.0-rc.1", new Release()).write();
    home.run();

    JsonNode result = home.spool("app").ask("update");

    assertEquals("succeeded", text(result, "state"));
    assertTrue(result.path("from").isNull());
    assertEquals("1.0.0", text(result, "to"));
    assertEquals(Optional.of("1.0.0"), application.live());
    assertEquals(Optional.of("1.0.0"), application.serving());
    assertTrue(application.dump().contains("'three'"));
  }

  @Test
  void touchedFileUpdatesTheApplicationAndItsData() {
    Spool spool = application.installed();
    long before = application.pid();
    application.release("1.1.0", new Release().schema(2));

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", text(result, "state"));
    assertEquals("1.0.0", text(result, "from"));
    assertEquals("1.1.0", text(result, "to"));
    assertEquals(Optional.of("1.1.0"), application.live());
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(application.dump().contains("'two','TWO'"), application.dump());
    assertFalse(application.maintenance());
    assertNotEquals(before, application.pid());
    assertFalse(Processes.isAlive(before));
  }

  @Test
  void updateHasTheStepsOfTheContractInOrder() {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));

    JsonNode result = spool.ask("update@1.1.0");

    assertEquals(UPDATE_STEPS, names(result));
    for (JsonNode step : result.path("steps")) {
      boolean optional = Set.of("verify", "link", "notify").contains(text(step, "name"));
      assertEquals(optional ? "skipped" : "done", text(step, "state"), step.toString());
      assertFalse(text(step, "why").isBlank(), step.toString());
      if (!optional) {
        assertTrue(
            step.path("millis").isNumber() && step.path("startedAt").isString(), step.toString());
        assertEquals(1.0, step.path("progress").asDouble());
      }
    }
  }

  @Test
  void handwrittenFileGivesAResultWithAllFieldsOfTheContract() throws Exception {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    String json =
        """
        { "schema": "spoolway/request/v1", "id": "by-hand", "action": "update",
          "params": { "version": "1.1.0" }, "reason": "Titles", "requestedBy": "Ada Lovelace" }
        """;
    Instant before = Instant.now().minusSeconds(1);

    spool.drop("1700000000-anything.json", json);
    JsonNode result = spool.await("by-hand");

    RESULT_FIELDS.forEach(
        field -> assertTrue(result.has(field), field + " is missing in " + result));
    assertEquals("spoolway/result/v1", text(result, "schema"));
    assertEquals("operator", text(result, "origin"));
    assertEquals("app", text(result, "deployment"));
    assertEquals("update", text(result, "action"));
    assertEquals("Titles", text(result, "reason"));
    assertEquals("Ada Lovelace", text(result, "requestedBy"));
    assertEquals(1, result.path("attempt").asInt());
    assertEquals("1700000000-anything.json", text(result.path("order"), "name"));
    assertEquals(
        Instant.ofEpochSecond(1_700_000_000), Instant.parse(text(result.path("order"), "time")));
    assertEquals(sha256(json), text(result, "requestSha256"));
    assertEquals(System.getProperty("user.name"), text(result.path("owner"), "user"));
    assertTrue(result.path("downtimeMillis").asLong() > 0);
    assertTrue(result.path("error").isNull());
    assertEquals("logs/operator/by-hand.log", text(result, "log"));
    assertTrue(spool.log(result).contains("building 1.1.0"));
    List<Instant> times =
        Stream.of("submittedAt", "claimedAt", "finishedAt")
            .map(f -> Instant.parse(text(result, f)))
            .toList();
    assertEquals(times.stream().sorted().toList(), times);
    assertTrue(times.get(0).isAfter(before), times.toString());
  }

  @Test
  void statusTellsAPageAllThatItDraws() {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    spool.ask("check");

    JsonNode status = spool.status();
    assertEquals("app", text(status, "deployment"));
    assertEquals("1.0.0", text(status, "current"));
    assertEquals("1.1.0", text(status.path("available"), "version"));
    assertEquals("1.1.0", text(status.path("available").path("changes").get(0), "version"));
    assertTrue(
        text(status.path("available").path("changes").get(0), "notes")
            .contains("What is new in 1.1.0"));
    assertEquals("check", text(status.path("last"), "action"));
    assertEquals("succeeded", text(status.path("last"), "state"));
    assertTrue(status.path("running").isNull());
    assertEquals(0, status.path("queued").asInt());
    assertFalse(status.path("paused").asBoolean());
    assertEquals("events", text(status.path("watch"), "mode"));

    spool.ask("update");

    Until.isTrue(
        "health being looked at",
        () -> text(spool.status().path("health"), "state").equals("passing"));
    assertEquals("1.1.0", text(spool.status(), "current"));
    assertTrue(spool.status().path("available").path("version").isNull());
    assertEquals("1.1.0", text(spool.status().path("last"), "to"));
  }

  @Test
  void statusTellsWhatIsHereWhatRanAndWhatMayBeAsked() {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    JsonNode result = spool.ask("update");

    JsonNode status =
        Until.found(
            "the update being in the history",
            () -> Optional.of(spool.status()).filter(s -> s.path("history").size() == 2));
    JsonNode releases = status.path("releases");
    assertEquals(List.of("1.1.0", "1.0.0"), texts(releases, "version"));
    assertTrue(releases.get(0).path("live").asBoolean());
    assertFalse(releases.get(1).path("live").asBoolean());
    assertTrue(releases.get(0).path("bytes").asLong() > 0);
    assertTrue(releases.get(0).path("installedAt").isString());
    JsonNode snapshot = status.path("snapshots").get(0);
    assertEquals(text(result, "snapshot"), text(snapshot, "name"));
    assertEquals("1.0.0", text(snapshot, "version"));
    assertTrue(snapshot.path("bytes").asLong() > 0);
    JsonNode last = status.path("history").get(0);
    for (String field : List.of("id", "origin", "action", "state", "from", "to", "finishedAt")) {
      assertEquals(text(result, field), text(last, field));
    }
    assertEquals(result.path("downtimeMillis"), last.path("downtimeMillis"));
    List<String> actions = new ArrayList<>();
    status.path("origins").path("operator").path("actions").forEach(a -> actions.add(a.asString()));
    assertTrue(actions.containsAll(List.of("check", "update", "rollback", "cancel")));
    assertTrue(status.path("room").path("freeBytes").asLong() > 0);
    assertTrue(status.path("runner").path("stoppedAt").isNull());
  }

  @Test
  void runnerGivesSignsOfLifeUntilItIsKilledAndSaysWhenItEnds() throws Exception {
    Spool spool = application.installed();
    Path status = spool.directory().resolve("status.json");
    AtomicReference<Object> inode = new AtomicReference<>();
    AtomicReference<FileTime> seen = new AtomicReference<>();
    Until.isTrue(
        "a sign of life that writes nothing",
        () -> {
          Object sameFile = Files.getAttribute(status, "unix:ino");
          FileTime before = seen.getAndSet(Files.getLastModifiedTime(status));
          return sameFile.equals(inode.getAndSet(sameFile)) && !seen.get().equals(before);
        });

    home.killRunners();
    FileTime last = Files.getLastModifiedTime(status);
    Awaitility.await("no sign of life for longer than there is between two")
        .during(Duration.ofSeconds(11))
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.getLastModifiedTime(status).equals(last));
    assertTrue(spool.status().path("runner").path("stoppedAt").isNull());

    home.run();
    assertEquals(0, home.stopRunners());
    assertFalse(text(spool.status().path("runner"), "stoppedAt").isEmpty());
  }

  @Test
  void releaseIsReadOnlyAndItsManifestNamesItsFiles() throws Exception {
    application.installed();
    Path release = application.root().resolve("releases/1.0.0");

    try (Stream<Path> files = Files.walk(release)) {
      for (Path file : files.filter(path -> !Files.isSymbolicLink(path)).toList()) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        assertFalse(PosixFilePermissions.toString(mode).contains("w"), file + " is " + mode);
      }
    }
    String manifest = Files.readString(release.resolve(".spoolway-manifest"));
    String sum = sha256(Files.readString(release.resolve("serve")));
    assertTrue(
        manifest.lines().anyMatch(line -> line.contains("serve") && line.contains(sum)), manifest);
    assertTrue(manifest.contains("migrations/1.sql") && manifest.contains("built"), manifest);
  }

  @Test
  void updateWithoutMigrationStopsAndCopiesNothingBeforehand() {
    Spool spool = application.installed();
    application.release("1.0.1", new Release());

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", text(result, "state"));
    for (String step : List.of("stop", "snapshot", "migrate")) {
      assertEquals("skipped", text(step(result, step), "state"), step);
    }
    assertEquals(Optional.of("1.0.1"), application.serving());
    assertEquals(
        List.of(),
        application.names("snapshots").stream().filter(n -> n.contains("1.0.0")).toList());
  }

  @Test
  void updateToWhatIsLiveIsUnchanged() {
    Spool spool = application.installed();
    World before = application.world();
    long pid = application.pid();

    assertEquals("unchanged", text(spool.ask("update"), "state"));
    assertEquals("unchanged", text(spool.ask("update@1.0.0.again"), "state"));
    assertEquals(before, application.world());
    assertEquals(pid, application.pid());
  }

  @Test
  void dryRunShowsThePlanAndChangesNothing() {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    World before = application.world();

    JsonNode result = spool.request("dry", "\"action\": \"update\", \"dryRun\": true");

    assertEquals("planned", text(result, "state"));
    assertEquals("1.1.0", text(result, "to"));
    assertEquals(UPDATE_STEPS, names(result));
    result.path("steps").forEach(step -> assertFalse(text(step, "why").isBlank(), step.toString()));
    assertEquals("skipped", text(step(result, "verify"), "state"));
    assertEquals("planned", text(step(result, "migrate"), "state"));
    assertTrue(text(result, "planSha256").matches("[0-9a-f]{64}"));
    JsonNode expected = result.path("expected");
    assertTrue(expected.path("downtimeMillis").isNull(), "no update ran here yet");
    assertTrue(expected.path("bytes").asLong() > 0, expected.toString());
    assertTrue(expected.path("freeBytes").asLong() > expected.path("bytes").asLong());
    assertEquals(before, application.world());
  }

  @Test
  void planThatWasShownIsCarriedOutAndAnotherIsRefused() {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    String plan =
        text(spool.request("dry", "\"action\": \"update\", \"dryRun\": true"), "planSha256");
    application.release("1.1.1", new Release().schema(2));
    World before = application.world();

    JsonNode refused = spool.request("late", "\"action\": \"update\", \"plan\": \"" + plan + "\"");
    assertEquals("failed", text(refused, "state"));
    assertEquals("PLAN_CHANGED", text(refused.path("error"), "code"));
    assertEquals(before, application.world());

    String fields =
        "\"action\": \"update\", \"params\": {\"version\": \"1.1.0\"}, \"plan\": \"" + plan + "\"";
    assertEquals("succeeded", text(spool.request("named", fields), "state"));
    assertEquals(Optional.of("1.1.0"), application.serving());
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static List<String> texts(JsonNode list, String field) {
    return list.valueStream().map(item -> text(item, field)).toList();
  }

  private static List<String> names(JsonNode result) {
    return Results.names(result);
  }

  private static JsonNode step(JsonNode result, String name) {
    return Results.step(result, name);
  }

  private static String text(JsonNode node, String field) {
    return Results.text(node, field);
  }
}
