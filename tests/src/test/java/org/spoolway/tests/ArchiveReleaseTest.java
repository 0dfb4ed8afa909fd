package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A deployment whose releases are archives on a server, published by the sample's own script and
 * signed by the real minisign.
 */
class ArchiveReleaseTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private ReleaseMaker maker;
  private Path releases;
  private ReleaseServer server;
  private Spool spool;

  @BeforeEach
  void installASignedRelease() throws IOException {
    application = new SampleApplication(home, "app");
    maker = new ReleaseMaker(home, application);
    releases = maker.releases();
    server = new ReleaseServer(releases);
    application
        .file()
        .set("source", "type", "\"archive\"")
        .set("source", "url", Json.quote(server.url()))
        .set("source", "trust", "[" + Json.quote(maker.makeKey("alice")) + "]");
    maker.publish("1.0.0", "alice", "tar.zst");
    spool = application.installed("1.0.0");
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar.zst", "tar.xz", "tar.gz", "zip"})
  void anUpdateTakesTheArchiveAndNamesItsSigner(String format) throws IOException {
    maker.publish("1.1.0", "alice", format);
    String signed = "app-1.1.0." + format + " is signed by the minisign key " + maker.id("alice");

    Program.Ended plan = home.spoolway("plan", "app");
    JsonNode result = spool.ask("update");

    assertEquals(0, plan.exit(), plan::all);
    assertTrue(plan.all().contains("minisign key " + maker.id("alice")), plan::all);
    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(signed, Results.text(Results.step(result, "verify"), "detail"));
    assertEquals(Optional.of("1.1.0"), application.serving());
    Path release = application.root().resolve("releases/1.1.0");
    assertTrue(Files.isExecutable(release.resolve("serve")), "programs stay executable");
  }

  @Test
  void aDirectoryOfThisHostIsAsGood() throws IOException {
    maker.publish("1.1.0", "alice", "tar.gz");
    application.file().set("source", "url", Json.quote("file://" + releases));
    home.stopRunners();
    application.write();
    home.run();

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(Optional.of("1.1.0"), application.serving());
  }

  @Test
  void aPageIsToldWhatTheMakerSays() throws IOException {
    maker.publish("1.1.0", "alice", "tar.gz");

    JsonNode result = spool.ask("check");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    JsonNode available = spool.status().path("available");
    assertEquals("1.1.0", available.path("version").asString());
    assertTrue(available.path("changes").toString().contains("What is new in 1.1.0"));
  }

  @Test
  void nothingButWhatATrustedKeyHasSignedIsInstalled() throws IOException {
    maker.makeKey("mallory");
    World before = application.world();

    maker.publish("1.1.0", null, "tar.gz");
    assertRefused("resolve", "it is not signed", "update@1.1.0");

    maker.publish("1.2.0", "mallory", "tar.gz");
    assertRefused("resolve", "minisign key " + maker.id("mallory"), "update@1.2.0");

    maker.publish("1.3.0", null, "tar.zst");
    for (String ending : List.of("", ".minisig")) {
      copy("app-1.0.0.tar.zst" + ending, "app-1.3.0.tar.zst" + ending);
    }
    list();
    assertRefused("resolve", "it is of \"app-1.0.0.tar.zst\"", "update@1.3.0");

    maker.publish("1.4.0", "alice", "tar.gz");
    copy("app-1.1.0.tar.gz", "app-1.4.0.tar.gz");
    list();
    assertRefused("fetch", "it is not of this content", "update@1.4.0");

    assertEquals(before, application.world());
    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void aVersionThatWasMadeAnewIsRefusedThoughItIsSigned() throws IOException {
    maker.publish("1.1.0", "alice", "tar.gz");
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    Files.delete(releases.resolve("app-1.1.0.tar.gz"));
    application.repository().git("tag", "--force", "v1.1.0", "v1.0.0^{}");
    maker.pack("1.1.0", "alice", "tar.gz");

    JsonNode result = spool.ask("update");

    Results.assertError("failed", "TAG_MOVED", "resolve", result);
    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void aDownloadThatWasCutGoesOnWhereItWas() throws IOException {
    maker.publish("1.1.0", "alice", "tar.gz");
    server.cutNextArchive();

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(List.of("bytes=" + server.cutAt() + "-"), server.ranges());
  }

  @Test
  void whatHasNotChangedIsNotTransferredAgain() throws IOException {
    maker.publish("1.1.0", "alice", "tar.gz");
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    server.forget();

    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));

    List<String> lists =
        server.answers().stream().filter(answer -> answer.startsWith("SHA256SUMS")).toList();
    assertEquals(List.of("SHA256SUMS 304"), lists, () -> server.answers().toString());
  }

  @Test
  void theScriptKeepsASignedChannelAndLeavesItAsItWasWhenItFails() throws IOException {
    maker.makeKey("list");
    String to = releases.toString();
    home.spoolway(
            "channel",
            "init",
            to,
            "--application=app",
            "--root-key=" + maker.publicKey("alice"),
            "--channel-key=" + maker.publicKey("list"))
        .outOfSuccess();
    application.release("1.1.0", new Release().schema(2));
    String before = Files.readString(releases.resolve("channel.json"));

    Program.Ended failed = packIntoChannel("1.1.0", "alice");

    assertEquals(1, failed.exit(), failed::all);
    assertTrue(failed.err().contains("of its signatures 0 count, and 1 must"), failed::all);
    assertEquals(before, Files.readString(releases.resolve("channel.json")));
    assertFalse(Files.exists(releases.resolve("app-1.1.0.tar.gz")));

    packIntoChannel("1.1.0", "list").outOfSuccess();

    JsonNode seen = Json.parse(home.spoolway("channel", "check", to, "--json").outOfSuccess());
    assertEquals("[\"app-1.1.0.tar.gz\"]", seen.path("present").toString());
    JsonNode release = seen.path("channel").path("releases").path(0);
    assertEquals("expand", Results.text(release, "migrations"));
    Program.output(releases, "minisign", "-Vm", "channel.json", "-p", maker.publicKey("list"));
  }

  private Program.Ended packIntoChannel(String version, String key) {
    String path = Image.program().getParent() + ":" + System.getenv("PATH");
    List<String> command = new ArrayList<>(maker.packing(version, "tar.gz"));
    command.addAll(List.of("--channel-key", maker.secretKey(key)));
    command.add(application.repository().gitDirectory().getParent().toString());
    command.addAll(List.of("--", "--migrations", "expand"));
    return Program.run(home.path(), Map.of("PATH", path), command);
  }

  private void assertRefused(String step, String observed, String request) {
    JsonNode result = spool.ask(request);
    Results.assertError("failed", "SIGNATURE_REFUSED", step, result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.startsWith("cannot trust the archive app-1."), message);
    assertTrue(message.contains(observed), message);
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(releases.resolve(from), releases.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** As somebody does who owns the server. */
  private void list() throws IOException {
    String list =
        Program.output(releases, "sh", "-c", "sha256sum app-*.tar.gz app-*.tar.zst app-*.md");
    Files.writeString(releases.resolve("SHA256SUMS"), list);
  }
}
