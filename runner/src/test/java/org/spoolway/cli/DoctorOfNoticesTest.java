package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} finds in how people are told, and in the figures for Prometheus. */
class DoctorOfNoticesTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.machine.environment.put("PATH", "/usr/bin:/bin");
  }

  private String doctor() {
    return home.run("doctor", "notes").out();
  }

  private void assertWrong(String observed, String fix) {
    String out = doctor();
    assertTrue(out.contains(observed), out);
    assertTrue(out.contains("Fix: " + fix), out);
    assertTrue(out.endsWith("1 to put right\n"), out);
  }

  @Test
  void aMailSystemThatIsNotThereIsFound() throws IOException {
    home.deployment("notes", "[notify]\nmail = [\"root\"]\nsendmail = \"/nowhere/sendmail\"\n");
    assertWrong(
        "cannot write mail: there is no program /nowhere/sendmail", "Install a mail system");
  }

  @Test
  void aSecretThatOthersCanReadIsFound() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "whsec_");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    home.deployment(
        "notes", "[notify]\nwebhook = \"https://example.org\"\nsecretFile = \"" + secret + "\"\n");
    assertWrong("others can read or change it", "Run `chmod 600 " + secret + "`.");
  }

  @Test
  void messagesThatWereGivenUpAreFoundUntilTheyAreGone() throws IOException {
    home.deployment("notes", "[notify]\nrun = [[\"true\"]]\n");
    Path givenUp = Files.createDirectories(home.state().givenUp());
    Path message = Files.writeString(givenUp.resolve("000000000001-command.json"), "{}");
    assertTrue(doctor().contains("cannot say that people were told: 1 messages were given up"));
    Files.delete(message);
    assertTrue(doctor().contains("0 wait"), doctor());
  }

  @Test
  void aTextFileInADirectoryThatOthersCanWriteIsFound() throws IOException {
    Path open = Files.createDirectory(directory.toRealPath().resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    home.deployment("notes", "[metrics]\ntextfile = \"" + open + "/notes.prom\"\n");
    assertWrong(open + " can be written by everybody", "Run `chmod o-w " + open + "`");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertTrue(doctor().contains(open + "/notes.prom can be written"), doctor());
    try (var names = Files.list(open)) {
      assertEquals(0, names.count(), "looking changes nothing");
    }
  }
}
