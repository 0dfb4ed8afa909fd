package org.spoolway.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class PlaceTest {

  private static final String MODE = "rwxr-x---";

  @TempDir private Path directory;
  private Path media;

  @BeforeEach
  void name() {
    media = directory.resolve("media");
  }

  @Test
  void aDirectoryIsMadeWithItsModeAndWhatLeadsToIt() throws Exception {
    Path deep = directory.resolve("srv/apps/notes");
    Place place = new Place(deep, MODE, null);
    assertEquals(Optional.of("make the directory " + deep), place.missing());
    place.bring();
    assertEquals(MODE, mode(deep));
    assertEquals("rwxr-xr-x", mode(deep.getParent()));
    assertEquals(Optional.empty(), place.missing());
  }

  @Test
  void aDirectoryThatSomebodyHasGivenAnotherModeIsLeftAlone() throws Exception {
    Files.createDirectory(media);
    Files.setPosixFilePermissions(media, PosixFilePermissions.fromString("rwxrwx--x"));
    assertEquals(Optional.empty(), new Place(media, MODE, null).missing());
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws Exception {
    Files.createFile(media);
    assertRefused(Problem.INSTALL_FAILED, new Place(media, MODE, null)::missing);
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    assertRefused(Problem.INSTALL_FAILED, new Place(link, MODE, null)::missing);
  }

  @Test
  void nothingIsMadeBelowADirectoryThatOthersCanWrite() throws Exception {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));
    Path inner = open.resolve("notes");
    ProblemException e = assertRefused(Problem.UNSAFE_PATH, new Place(inner, MODE, null)::bring);
    assertEquals("cannot make " + inner + ": others can write " + open, e.getMessage());
    assertRefused(Problem.UNSAFE_PATH, new Place(inner.resolve("more"), MODE, null)::bring);
    assertFalse(Files.exists(inner));
  }

  @Test
  void nothingIsMadeBelowALink() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    assertRefused(Problem.UNSAFE_PATH, new Place(link.resolve("notes"), MODE, null)::bring);
    assertFalse(Files.exists(elsewhere.resolve("notes")));
  }

  @Test
  void nothingIsMadeBelowWhatIsNotOnesOwn() throws Exception {
    requireRoot();
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    give(theirs);
    assertRefused(Problem.UNSAFE_PATH, new Place(theirs.resolve("more"), MODE, null)::bring);
  }

  @Test
  void aDirectoryIsGivenToItsOwner() throws Exception {
    requireRoot();
    Place place = new Place(media, MODE, HostToBe.there());
    place.bring();
    assertEquals(MODE, mode(media));
    assertEquals(HostToBe.THERE, Files.getOwner(media).getName());
    assertEquals(HostToBe.THERE, group(media).getName());
    assertEquals(Optional.empty(), place.missing());
  }

  /** Debian's own {@code sync} is such an account: no group has its name. */
  @Test
  void theGroupIsTheOwnersWhateverItIsCalled() throws Exception {
    requireRoot();
    Place place = new Place(media, MODE, new Recipient("sync", new HostAccounts()));
    place.bring();
    assertEquals("sync", Files.getOwner(media).getName());
    assertEquals("nogroup", group(media).getName());
    assertEquals(Optional.empty(), place.missing());
  }

  /** Each as a death between two changes leaves it. */
  @Test
  void aDirectoryThatIsHalfGivenIsGivenWhole() throws Exception {
    requireRoot();
    Place place = new Place(media, MODE, HostToBe.there());
    Files.createDirectory(media);
    Files.setPosixFilePermissions(media, PosixFilePermissions.fromString("rwx------"));
    assertTrue(place.missing().isPresent(), "made");
    view(media).setGroup(daemons());
    assertTrue(place.missing().isPresent(), "made, with its group");
    Files.setPosixFilePermissions(media, PosixFilePermissions.fromString(MODE));
    assertTrue(place.missing().isPresent(), "made, with its group and mode");
    place.bring();
    assertEquals(Optional.empty(), place.missing());
  }

  private static void requireRoot() throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    assumeTrue(root, "giving files away takes root");
  }

  private static void give(Path path) throws IOException {
    view(path)
        .setOwner(
            FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(HostToBe.THERE));
  }

  private static GroupPrincipal daemons() throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByGroupName(HostToBe.THERE);
  }

  private static PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  private static GroupPrincipal group(Path path) throws IOException {
    return view(path).readAttributes().group();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static ProblemException assertRefused(
      Problem problem, org.junit.jupiter.api.function.Executable what) {
    ProblemException e = assertThrows(ProblemException.class, what);
    assertEquals(problem, e.problem());
    return e;
  }
}
