package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A deployment whose releases are programs that somebody drops into a directory of this host. */
class DirectoryReleaseTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private ReleaseMaker maker;
  private Candidates candidates;

  @BeforeEach
  void describe() throws IOException {
    application = new SampleApplication(home, "app");
    maker = new ReleaseMaker(home, application);
    candidates = Candidates.of(home, application);
  }

  @Test
  void anUpdateTakesTheProgramThatTellsTheHighestVersion() throws IOException {
    drop("anything", "1.0.0");
    Spool spool = application.installed("1.0.0");
    assertEquals(Optional.of("1.0.0"), application.serving());

    drop("app-1.1.0", "1.1.0");
    Files.writeString(candidates.directory().resolve("app-1.1.0.md"), "What is new in 1.1.0");
    JsonNode check = spool.ask("check");

    assertEquals("succeeded", Results.text(check, "state"), check::toPrettyString);
    JsonNode available = spool.status().path("available");
    assertEquals("1.1.0", available.path("version").asString());
    assertTrue(available.path("changes").toString().contains("What is new in 1.1.0"));
    assertEquals(Optional.of("1.0.0"), application.serving());

    JsonNode result = spool.ask("update");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertTrue(Files.isExecutable(application.root().resolve("releases/1.1.0/app")));
    assertEquals(List.of("1.0.0", "1.1.0"), application.names("releases"));
    assertEquals(2, asked(), "each was asked once by check, update, and whatever else looked");
  }

  @Test
  void whatNobodyHasSignedIsRefusedAndNeverRun() throws IOException {
    application.file().set("source", "trust", "[" + Json.quote(maker.makeKey("alice")) + "]");
    drop("app-1.0.0", "1.0.0");
    sign("app-1.0.0");
    Spool spool = application.installed("1.0.0");
    assertEquals(1, asked());
    drop("app-1.1.0", "1.1.0");
    String reason = "app-1.1.0 (it is not signed: there is no app-1.1.0.minisig)";

    JsonNode check = spool.ask("check");
    JsonNode refused = spool.ask("update@1.1.0");
    Program.Ended doctor = home.spoolway("doctor", "app");

    assertTrue(check.toString().contains("; not taken: " + reason), check::toPrettyString);
    Results.assertError("failed", "VERSION_UNKNOWN", "resolve", refused);
    String message = Results.text(refused.path("error"), "message");
    assertTrue(message.endsWith("no such candidate; not taken: " + reason), message);
    assertTrue(doctor.all().contains("cannot take " + reason), doctor::all);
    assertEquals(1, asked(), "what is not signed is never run");

    sign("app-1.1.0");
    JsonNode result = spool.ask("update@1.1.0");

    assertEquals("succeeded", Results.text(result, "state"), result::toPrettyString);
    assertEquals(Optional.of("1.1.0"), application.serving());
    assertEquals(
        "app-1.1.0 is signed by the minisign key " + maker.id("alice"),
        Results.text(Results.step(result, "verify"), "detail"));
    assertEquals(2, asked());
  }

  @Test
  void aDryRunAsksAsAnAccountWithoutPrivilegesAndLeavesNothing() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another account");
    application.file().set("source", "user", "\"nobody\"");
    Files.createFile(marker());
    Files.setPosixFilePermissions(marker(), PosixFilePermissions.fromString("rw-rw-rw-"));
    // Python may lie in a home that nobody else enters.
    candidates.drop("app", "#!/bin/sh\nid -un >> " + marker() + "\necho 1.0.0\n");
    application.write();
    home.run();
    Spool spool = home.spool("app");

    JsonNode planned = spool.request("dry", "\"action\": \"update\", \"dryRun\": true");

    assertEquals("planned", Results.text(planned, "state"), planned::toPrettyString);
    assertEquals(List.of("nobody"), Files.readAllLines(marker()));
    assertFalse(Files.exists(application.root().resolve(".spoolway-candidate")));
  }

  private Path marker() {
    return home.marker("asked");
  }

  private int asked() throws IOException {
    return Files.readAllLines(marker()).size();
  }

  private void drop(String name, String version) throws IOException {
    if (!Files.exists(marker())) {
      Files.createFile(marker());
    }
    String program = Release.resource("candidate").replace("@VERSION@", version);
    candidates.drop(name, program.replace("@MARKER@", marker().toString()));
  }

  private void sign(String name) {
    Program.output(
        candidates.directory(), "minisign", "-S", "-s", maker.secretKey("alice"), "-m", name);
  }
}
