package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Which releases are here, and how they go. */
class ReleaseStoreTest {

  private static final Version VERSION = new Version("1.0.0");

  @TempDir Path root;
  private ReleaseStore releases;

  @BeforeEach
  void open() {
    releases = new ReleaseStore(new ApplicationDir(root));
  }

  @AfterEach
  void letTheDirectoryBeRemoved() throws IOException, ProblemException {
    Trees.delete(root.resolve("releases"));
  }

  @Test
  void beforeTheFirstReleaseThereIsNone() throws IOException, ProblemException {
    assertEquals(List.of(), releases.sealed());
    assertFalse(releases.isSealed(VERSION));
  }

  @Test
  void sealedReleasesAreListedTheNewestVersionFirst() throws IOException, ProblemException {
    for (String version : List.of("1.9.0", "1.10.0", "1.10.0-rc.1", "0.1.0")) {
      seal(version);
    }
    assertEquals(
        List.of("1.10.0", "1.10.0-rc.1", "1.9.0", "0.1.0"),
        releases.sealed().stream().map(Version::text).toList());
  }

  @Test
  void whatIsNotSealedOrNoVersionIsNotListed() throws IOException, ProblemException {
    seal("1.0.0");
    seal("1.1.0.partial");
    seal("latest");
    Files.createDirectories(root.resolve("releases/1.2.0"));
    Files.writeString(root.resolve("releases/1.3.0"), "a file");
    assertEquals(List.of(VERSION), releases.sealed());
  }

  @Test
  void aManifestThatIsALinkIsNoSeal() throws IOException, ProblemException {
    Path release = Files.createDirectories(releases.directory(VERSION));
    Path elsewhere = Files.writeString(root.resolve("elsewhere"), "");
    Files.createSymbolicLink(ApplicationDir.manifest(release), elsewhere);
    assertFalse(releases.isSealed(VERSION));
  }

  @Test
  void aSealedReleaseIsRemovedWithWhatIsHalfUnpacked() throws IOException, ProblemException {
    seal("1.0.0");
    seal("1.1.0");
    Files.createDirectories(releases.partial(VERSION).resolve("bin"));
    releases.remove(VERSION);
    releases.remove(VERSION);
    try (var names = Files.list(root.resolve("releases"))) {
      assertEquals(List.of("1.1.0"), names.map(p -> p.getFileName().toString()).toList());
    }
    assertTrue(releases.isSealed(new Version("1.1.0")));
  }

  @Test
  void aLinkInPlaceOfAReleaseIsRemovedAlone() throws IOException, ProblemException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(ApplicationDir.manifest(outside), "");
    Files.createDirectories(root.resolve("releases"));
    Files.createSymbolicLink(releases.directory(VERSION), outside);
    releases.remove(VERSION);
    assertFalse(Files.exists(releases.directory(VERSION), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(ApplicationDir.manifest(outside)));
  }

  private void seal(String name) throws IOException, ProblemException {
    Path release = Files.createDirectories(root.resolve("releases").resolve(name));
    Files.writeString(release.resolve("file"), name);
    Manifest.seal(release, null, new Interruption());
  }
}
