package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Repositories, commands and health answers that are no good: a clear error, nothing lost, and the
 * next good request works.
 */
class BadInputTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private World before;

  @BeforeEach
  void install() {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"2s\"").set("build", "timeout", "\"2s\"");
    spool = application.installed();
    before = application.world();
  }

  private JsonNode update(Release release) {
    application.release("1.1.0", release.schema(2));
    return spool.ask("update@1.1.0");
  }

  private void assertGoodRequestWorks() {
    assertEquals(before, application.world());
    application.release("1.1.1", new Release().schema(2));
    JsonNode result = spool.ask("update@1.1.1");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    assertEquals(Optional.of("1.1.1"), application.serving());
  }

  @Test
  void unreachableRepositoryIsNamed() throws IOException {
    Path git = application.repository().gitDirectory();
    Path away = git.resolveSibling("away");
    Files.move(git, away);

    JsonNode result = spool.ask("update");

    Results.assertError("failed", "SOURCE_UNREACHABLE", "resolve", result);
    assertTrue(
        Results.text(result.path("error"), "message").contains(application.repository().url()));
    Files.move(away, git);
    assertGoodRequestWorks();
  }

  @Test
  void serverThatRefusesConnectionsIsNamed() {
    application.file().set("source", "url", "\"http://127.0.0.1:9/nothing.git\"");
    application.write();
    home.stopRunners();
    home.run();

    JsonNode result = spool.ask("check");

    Results.assertError("failed", "SOURCE_UNREACHABLE", "resolve", result);
    assertTrue(
        Results.text(result.path("error"), "message").contains("127.0.0.1:9"),
        result.toPrettyString());
    application.file().set("source", "url", Json.quote(application.repository().url()));
    application.write();
    home.stopRunners();
    home.run();
    assertGoodRequestWorks();
  }

  @Test
  void repositoryWithoutVersionsIsNamed() {
    Repository empty = new Repository(home.path().resolve("empty"));
    application.file().set("source", "url", Json.quote(empty.url()));
    application.write();
    home.stopRunners();
    home.run();

    Results.assertError("failed", "SOURCE_EMPTY", "resolve", spool.ask("update.empty"));
    empty.release("just-a-tag", new Release().files());
    Results.assertError("failed", "SOURCE_EMPTY", "resolve", spool.ask("update.junk"));
    assertEquals(before, application.world());
  }

  @Test
  void hangingBuildIsEndedWithAllThatItStarted() {
    String hangs =
        "setsid sleep 600 & (setsid sh -c 'sleep 600 & wait' &) ; nohup sleep 600 & trap '' TERM; while :; do sleep 600; done";

    JsonNode result = update(new Release().build(hangs));

    Results.assertError("failed", "BUILD_TIMED_OUT", "build", result);
    assertTrue(
        Results.text(result.path("error"), "message").contains("2 s"), result.toPrettyString());
    assertTrue(Results.step(result, "build").path("millis").asLong() < 10_000);
    assertEquals(
        List.of(),
        Processes.of(home.path()).stream()
            .map(Processes::describe)
            .filter(p -> p.contains("sleep"))
            .toList());
    assertGoodRequestWorks();
  }

  @Test
  void buildThatPrintsAGigabyteFillsNeitherMemoryNorDisk() throws IOException {
    application.file().set("build", "timeout", "\"60s\"");
    application.write();
    home.stopRunners();
    home.run();

    JsonNode result =
        update(new Release().build("head -c 1000000000 /dev/zero | tr '\\0' x; echo; echo end"));

    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    long size = Files.size(spool.directory().resolve(Results.text(result, "log")));
    assertTrue(size < 20_000_000, "the log has " + size + " bytes");
    assertTrue(spool.log(result).contains("bytes more were printed"));
  }

  @Test
  void invalidTextOfABuildIsMadeHarmless() throws IOException {
    JsonNode result =
        update(
            new Release()
                .build(
                    "printf 'caf\\351 \\377\\376 \\033[31mred\\033[0m \\342\\200\\256\\n' >&2; exit 1"));

    Results.assertError("failed", "BUILD_FAILED", "build", result);
    byte[] log = Files.readAllBytes(spool.directory().resolve(Results.text(result, "log")));
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(log)).toString();
    assertTrue(text.contains("caf") && text.contains("red"), text);
    assertTrue(
        text.chars().noneMatch(c -> c == 0x1b || c == 0x202e), "nothing commands the terminal");
    assertGoodRequestWorks();
  }

  @Test
  void healthUrlThatNeverAnswersEndsWithItsTimeout() {
    JsonNode result = update(new Release().health("silent"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertTrue(
        Results.step(result, "gate").path("millis").asLong() < 15_000, result.toPrettyString());
    assertGoodRequestWorks();
  }

  @Test
  void healthAnswerOfTwentyMegabytesIsNotReadToItsEnd() {
    JsonNode result = update(new Release().health("huge"));

    Results.assertError("rolled_back", "GATE_FAILED", "gate", result);
    assertTrue(result.toString().length() < 50_000, "nothing of it is in the result");
    assertGoodRequestWorks();
  }

  @Test
  void releaseWithoutItsStartCommandIsNamed() {
    JsonNode result = update(new Release().without("serve"));

    Results.assertError("rolled_back", "SERVICE_START_FAILED", "start", result);
    assertTrue(
        Results.text(result.path("error"), "message").contains("./serve"), result.toPrettyString());
    assertGoodRequestWorks();
  }
}
