package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * A deployment that names keys installs what their owners have signed with the real git, and
 * nothing else, whatever the repository says.
 */
class SignedReleaseTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Path keys;
  private String alice;
  private Spool spool;

  @BeforeEach
  void installASignedRelease() throws IOException {
    application = new SampleApplication(home, "app");
    keys = Files.createDirectories(home.path().resolve("keys"));
    alice = makeSshKey("alice");
    application.file().set("source", "trust", "[" + Json.quote(alice) + "]");
    application.release("1.0.0", new Release());
    sign("alice", "v1.0.0", "v1.0.0^{}");
    spool = application.installed("1.0.0");
  }

  @Test
  void theSignerStandsInThePlanAndInTheResult() {
    application.release("1.1.0", new Release().schema(2));
    sign("alice", "v1.1.0", "v1.1.0^{}");
    String signed = "v1.1.0 is signed by the SSH key " + fingerprint("alice") + " (alice)";

    Program.Ended plan = home.spoolway("plan", "app");
    JsonNode result = spool.ask("update");

    assertEquals(0, plan.exit(), plan::all);
    assertTrue(plan.all().contains(signed.substring(1)), plan::all);
    assertEquals("succeeded", Results.text(result, "state"));
    assertEquals(signed, Results.text(Results.step(result, "verify"), "detail"));
  }

  @Test
  void nothingButWhatATrustedKeyHasSignedIsInstalled() throws IOException {
    makeSshKey("mallory");
    World before = application.world();

    application.release("1.1.0", new Release().schema(2));
    assertRefused("v1.1.0: it is not signed", "update@1.1.0");

    application.release("1.2.0", new Release().schema(2));
    application.repository().git("tag", "--force", "v1.2.0", "v1.2.0^{}");
    assertRefused("v1.2.0: it is a lightweight tag", "update@1.2.0");

    application.release("1.3.0", new Release().schema(2));
    sign("mallory", "v1.3.0", "v1.3.0^{}");
    assertRefused("SSH key " + fingerprint("mallory"), "update@1.3.0");

    application.repository().git("update-ref", "refs/tags/v1.4.0", "refs/tags/v1.0.0");
    assertRefused("v1.4.0: it was signed under another name, \"tag v1.0.0\"", "update@1.4.0");

    assertEquals(before, application.world());
    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void aTagThatWasPutElsewhereIsRefusedThoughItIsSigned() {
    application.release("1.1.0", new Release().schema(2));
    sign("alice", "v1.1.0", "v1.1.0^{}");
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    sign("alice", "v1.1.0", "v1.0.0^{}");

    JsonNode result = spool.ask("update");

    Results.assertError("failed", "TAG_MOVED", "resolve", result);
    assertEquals(List.of("1.0.0"), application.names("releases"));
  }

  @Test
  void aPageIsNotToldOfWhatCouldNotBeInstalled() {
    application.release("1.1.0", new Release().schema(2));

    JsonNode result = spool.ask("check");

    Results.assertError("failed", "SIGNATURE_REFUSED", "resolve", result);
    assertFalse(spool.status().toString().contains("1.1.0"), () -> spool.status().toString());
  }

  @Test
  void anOpenPgpKeyIsAsGood() throws IOException {
    Path ring =
        Files.createDirectory(
            keys.resolve("gpg"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      gpg(ring, "--quick-gen-key", "Bob <bob@example.org>", "ed25519", "sign", "never");
      String bob = Program.output(keys, "gpg", "--homedir", ring.toString(), "--armor", "--export");
      application.file().set("source", "trust", "[" + Json.quote(bob) + "]");
      home.stopRunners();
      application.write();
      home.run();
      application.release("1.1.0", new Release().schema(2));
      String program = script("#!/bin/sh\nexec gpg --homedir " + ring + " \"$@\"\n");
      application
          .repository()
          .git(
              "-c",
              "gpg.program=" + program,
              "-c",
              "user.signingKey=bob@example.org",
              "tag",
              "-f",
              "-s",
              "-m",
              "New",
              "v1.1.0",
              "v1.1.0^{}");

      JsonNode result = spool.ask("update@1.1.0");

      assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
      String detail = Results.text(Results.step(result, "verify"), "detail");
      assertTrue(detail.endsWith(" (Bob <bob@example.org>)"), detail);
    } finally {
      Program.output(keys, "gpgconf", "--homedir", ring.toString(), "--kill", "all");
    }
  }

  private void assertRefused(String observed, String request) {
    JsonNode result = spool.ask(request);
    Results.assertError("failed", "SIGNATURE_REFUSED", "resolve", result);
    String message = Results.text(result.path("error"), "message");
    assertTrue(message.startsWith("cannot trust the tag v"), message);
    assertTrue(message.contains(observed), message);
  }

  private String makeSshKey(String owner) throws IOException {
    String file = keys.resolve(owner).toString();
    Program.output(keys, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", owner, "-f", file);
    return Files.readString(Path.of(file + ".pub")).strip();
  }

  private String fingerprint(String owner) {
    return Program.output(keys, "ssh-keygen", "-l", "-f", keys.resolve(owner + ".pub").toString())
        .split(" ", -1)[1];
  }

  private void sign(String owner, String tag, String commit) {
    application
        .repository()
        .git(
            "-c",
            "gpg.format=ssh",
            "-c",
            "user.signingKey=" + keys.resolve(owner),
            "tag",
            "--force",
            "--sign",
            "--message",
            "What is new in " + tag,
            tag,
            commit);
  }

  private void gpg(Path ring, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("gpg", "--homedir", ring.toString(), "--batch", "--passphrase", ""));
    command.addAll(List.of(arguments));
    Program.output(keys, command.toArray(String[]::new));
  }

  private String script(String content) throws IOException {
    Path script = Files.writeString(keys.resolve("gpg-here"), content);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }
}
