package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A deployment whose releases are told by a signed channel, kept by its makers' own commands. */
class ChannelReleaseTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private ReleaseMaker maker;
  private Path releases;
  private ReleaseServer server;
  private Spool spool;

  @BeforeEach
  void installTheFirstRelease() throws IOException {
    application = new SampleApplication(home, "app");
    maker = new ReleaseMaker(home, application);
    releases = maker.releases();
    server = new ReleaseServer(releases);
    maker.makeKey("alice");
    maker.makeKey("bob");
    String alice = maker.publicKey("alice");
    channel("init", releases.toString(), "--application", "app")
        .and("--root-key", alice, "--channel-key", alice)
        .run();
    Path root = Files.copy(releases.resolve("1.root.json"), home.path().resolve("app.root.json"));
    application
        .file()
        .set("source", "type", "\"archive\"")
        .set("source", "url", Json.quote(server.url()))
        .set("source", "trustRoot", Json.quote(root.toString()));
    offer("1.0.0", "alice");
    spool = application.installed("1.0.0");
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  /** A command of the makers'. */
  private record Line(Home home, List<String> words) {

    Line and(String... more) {
      return new Line(home, Stream.concat(words.stream(), Stream.of(more)).toList());
    }

    void run() {
      home.spoolway(words.toArray(String[]::new)).outOfSuccess();
    }
  }

  private Line channel(String... words) {
    return new Line(home, List.of("channel")).and(words);
  }

  private void sign(String file, String key) {
    channel("sign", releases.resolve(file).toString(), "--key", maker.secretKey(key)).run();
  }

  private void offer(String version, String key, String... more) {
    maker.publish(version, null, "tar.gz");
    channel("add", releases.toString(), releases.resolve("app-" + version + ".tar.gz").toString())
        .and("--change", "What is new in " + version)
        .and(more)
        .run();
    sign("channel.json", key);
    channel("check", releases.toString()).run();
  }

  private JsonNode checked() {
    JsonNode result = spool.ask("check");
    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    return spool.status().path("available");
  }

  private void assertRefused(String code, String observed) {
    JsonNode result = spool.ask("update");
    Results.assertError("failed", code, "resolve", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.endsWith(observed), message);
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void anUpdateTakesWhatTheChannelTellsAndNamesItsSigners() throws IOException {
    offer("1.1.0", "alice");

    JsonNode available = checked();
    JsonNode result = spool.ask("update");

    assertEquals("1.1.0", available.path("version").asString());
    assertTrue(available.path("changes").toString().contains("What is new in 1.1.0"));
    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(
        "app-1.1.0.tar.gz is signed by the minisign key "
            + maker.id("alice")
            + ", in number 3 of channel.json",
        Results.text(Results.step(result, "verify"), "detail"));
    assertEquals(Optional.of("1.1.0"), application.serving());
  }

  @Test
  void whatItsMakersTakeBackIsNotOffered() {
    offer("1.1.0", "alice");
    channel("yank", releases.toString(), "1.1.0", "--reason", "it loses notes").run();
    sign("channel.json", "alice");

    assertEquals(
        "1.0.0 is live, and 1.1.0 was taken back by its makers: it loses notes",
        checked().path("why").asString());
    JsonNode result = spool.ask("update");
    assertEquals("unchanged", Results.text(result, "state"), result::toPrettyString);
  }

  @Test
  void theWayLeadsOverTheReleaseBetween() {
    offer("1.1.0", "alice");
    offer("1.2.0", "alice", "--from", "1.1.0");

    assertEquals("1.1.0", checked().path("version").asString());
    assertEquals("succeeded", Results.text(spool.ask("update"), "state"));
    assertEquals("1.2.0", checked().path("version").asString());
  }

  @Test
  void whoOwnsTheServerCanOnlyKeepItBack() throws IOException {
    Path seen = Files.createDirectory(home.path().resolve("seen"));
    copyAll(releases, seen);
    offer("1.1.0", "alice");
    assertEquals("1.1.0", checked().path("version").asString());

    copyAll(seen, releases);
    assertRefused("CHANNEL_REFUSED", "channel.json is number 2, and number 3 was here before");

    Files.delete(releases.resolve("channel.json"));
    assertRefused("CHANNEL_REFUSED", "there is no channel.json");
  }

  @Test
  void aListThatExpiresIsToldAsSuch() throws IOException {
    channel("renew", releases.toString()).run();
    Path list = releases.resolve("channel.json");
    String expired =
        Files.readString(list)
            .replaceFirst("(\"expires\" : )\"[^\"]*\"", "$1\"2026-01-01T00:00:00Z\"");
    Files.writeString(list, expired);
    sign("channel.json", "alice");

    JsonNode result = spool.ask("update");

    Results.assertError("failed", "CHANNEL_EXPIRED", "resolve", result);
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void anotherArchiveThanTheListedIsNotUnpacked() throws IOException {
    offer("1.1.0", "alice");
    Files.copy(
        releases.resolve("app-1.0.0.tar.gz"),
        releases.resolve("app-1.1.0.tar.gz"),
        StandardCopyOption.REPLACE_EXISTING);

    JsonNode result = spool.ask("update");

    Results.assertError("failed", "SOURCE_CHANGED", "fetch", result);
    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void aKeyIsExchanged() throws IOException {
    channel("rotate", releases.toString(), "--channel-key", maker.publicKey("bob")).run();
    sign("2.root.json", "alice");
    offer("1.1.0", "bob");

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    String verified = Results.text(Results.step(result, "verify"), "detail");
    assertTrue(verified.contains(maker.id("bob")), verified);
  }
}
