package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyVerbTest {

  @TempDir private Path directory;
  private Home home;
  private Path release;

  @BeforeEach
  void install() throws IOException {
    home = Home.withNotes(directory);
    home.run("enqueue", "notes", "update", "--version", "1.0.0");
    home.drain();
    release = directory.resolve("roots/notes/releases/1.0.0");
  }

  private void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void whatIsAsItWasSealedIsFine() {
    FakeMachine.Ran ran = home.run("verify", "notes");

    assertEquals(0, ran.code(), ran.out());
    assertTrue(ran.out().contains("1.0.0 is as it was sealed"), ran.out());
    assertTrue(ran.out().endsWith("nothing is wrong\n"), ran.out());
  }

  @Test
  void whatWasChangedIsToldWithItsOwner() throws Exception {
    open(release);
    Path added = Files.writeString(release.resolve("evil.txt"), "evil");
    Files.setLastModifiedTime(added, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    String owner = Files.getOwner(added, LinkOption.NOFOLLOW_LINKS).getName();

    for (String verb : new String[] {"verify", "doctor"}) {
      FakeMachine.Ran ran = home.run(verb, "notes");
      assertEquals(1, ran.code(), ran.out());
      assertTrue(
          ran.out().contains("cannot rely on release 1.0.0, which is not as it was sealed:"),
          ran.out());
      assertTrue(
          ran.out()
              .contains(
                  "evil.txt was added; it belongs to "
                      + owner
                      + ", and is of 2026-01-02T03:04:05Z"),
          ran.out());
      assertTrue(
          ran.out()
              .contains(
                  "Fix: Find out who could write there. Go to another release (`spoolway rollback"
                      + " notes`), remove "
                      + release),
          ran.out());
    }
  }

  @Test
  void ofManyChangesTheFirstAreTold() throws Exception {
    open(release);
    for (int i = 0; i < 7; i++) {
      Files.writeString(release.resolve("extra" + i), "");
    }

    String out = home.run("verify").out();

    assertTrue(out.contains("extra4 was added"), out);
    assertTrue(!out.contains("extra5"), out);
    assertTrue(out.contains("and 2 more"), out);
  }

  @Test
  void aReleaseThatIsNotLiveIsJustRemoved() throws Exception {
    home.run("enqueue", "notes", "update", "--version", "1.1.0");
    home.drain();
    open(release);
    Files.writeString(release.resolve("extra"), "");

    String out = home.run("verify").out();

    assertTrue(
        out.contains("Fix: Find out who could write there, remove " + release + ", and ask"), out);
  }
}
