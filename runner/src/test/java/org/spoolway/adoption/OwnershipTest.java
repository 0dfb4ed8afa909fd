package org.spoolway.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.NewNames;
import org.spoolway.deployment.Trees;
import org.spoolway.host.RootsAccounts;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** On a host a checkout is the application's, and the release that it becomes is root's. */
class OwnershipTest {

  private static final int APPLICATION = 65534;

  /** Debian has this account, and a group of that name. */
  private static final String ACCOUNT = "daemon";

  private static final Choices NAMED = new Choices(Checkout.VERSION, Map.of(), Set.of());

  @TempDir Path directory;
  private Checkout checkout;
  private Path root;
  private Path secret;

  @BeforeEach
  void run() throws IOException {
    int own = (Integer) Files.getAttribute(directory, "unix:uid");
    assumeTrue(own == 0, "only root can give files to somebody else");
    // Debian's users each have a group of their own name.
    checkout = Checkout.running(directory, new RootsAccounts(user -> user));
    root = checkout.root;
    Trees.delete(root.resolve(".git"));
    for (Path path : below(root)) {
      Files.setAttribute(path, "unix:uid", APPLICATION, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", APPLICATION, LinkOption.NOFOLLOW_LINKS);
    }
    Files.setPosixFilePermissions(
        root.resolve("pages"), PosixFilePermissions.fromString("rwxrwxrwx"));
    secret = Files.writeString(directory.resolve("srv/secret"), "root's");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theReleaseIsRootsAndTheDataStayTheApplications() throws ProblemException, IOException {
    Files.setAttribute(root.resolve("app.py"), "unix:mode", 06777);
    checkout.adopt(NAMED);
    assertEquals(0, uid(root));
    for (Path path : below(root.resolve("releases"))) {
      assertEquals(0, uid(path), path::toString);
    }
    assertEquals(0444 | 0111, mode(root.resolve("current/app.py")));
    for (String data : List.of("shared/.env", "shared/media", "shared/notes.db")) {
      assertEquals(APPLICATION, uid(root.resolve(data)), data);
    }
    assertEquals(0, uid(root.resolve("shared")));
  }

  /** As an installation makes it, also where nobody is named who migrates. */
  @Test
  void aDirectoryThatTheApplicationMayWriteIsItsOwn() throws ProblemException, IOException {
    Trees.delete(root.resolve("media"));
    checkout.configure(
        d -> Deployments.needing(d, new Deployment.Host(List.of(), ACCOUNT), d.install()));
    checkout.adopt(new Choices(Checkout.VERSION, Map.of("app.py", "media/app.py"), Set.of()));
    PosixFileAttributes media =
        Files.readAttributes(root.resolve("shared/media"), PosixFileAttributes.class);
    assertEquals(ACCOUNT, media.owner().getName());
    assertEquals(ACCOUNT, media.group().getName());
    assertEquals("rwxr-x---", PosixFilePermissions.toString(media.permissions()));
  }

  @Test
  void everythingIsGivenBack() throws ProblemException, IOException {
    Map<String, String> flat = checkout.picture();
    checkout.adopt(NAMED);
    checkout.takeBack();
    assertEquals(flat, checkout.picture());
  }

  @Test
  void filesWithFurtherNamesAreCutOffFromThem() throws ProblemException, IOException {
    Path other = Files.createLink(directory.resolve("srv/other"), root.resolve("app.py"));
    checkout.adopt(NAMED);
    assertEquals(APPLICATION, uid(other));
    assertEquals(0, uid(root.resolve("current/app.py")));
    Files.writeString(other, "attack()");
    assertEquals("serve()", Files.readString(root.resolve("current/app.py")));
  }

  /** It would be sealed as a part of the release if the copying ended there. */
  @Test
  void noCopyEverLiesInTheRelease() throws Exception {
    Files.createLink(directory.resolve("srv/other"), root.resolve("app.py"));
    Path scratch = Files.writeString(directory.resolve("srv/notes.partial"), "of one cut short");
    Ownership ownership = new Ownership(root, Set.of(), directory.resolve("owners"));
    try (NewNames names = new NewNames(root)) {
      ownership.take(APPLICATION);
      assertEquals(List.of("app.py"), names.seen());
    }
    assertEquals("serve()", Files.readString(root.resolve("app.py")));
    assertFalse(Files.exists(scratch));
  }

  /** No other one may take its place, as when the file's other names are gone by then. */
  @Test
  void aCopyThatWasLeftGoes() throws Exception {
    Ownership ownership = new Ownership(root, Set.of(), directory.resolve("owners"));
    ownership.writeDown();
    Path scratch = Files.writeString(directory.resolve("srv/notes.partial"), "of one cut short");
    ownership.giveBack(Ownership.Chown.POSSIBLE);
    assertFalse(Files.exists(scratch));
    Files.writeString(scratch, "of one cut short");
    ownership.take(APPLICATION);
    assertFalse(Files.exists(scratch));
  }

  @Test
  void anothersFileIsNeitherCopiedNorShown() throws IOException {
    Path link = Files.createLink(root.resolve("pages/link"), secret);
    assertRefused("belongs to user 0 and has other names elsewhere");
    Files.delete(link);
    Path own = Files.copy(secret, root.resolve("pages/own"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
    assertRefused("pages/own is only for user 0 to read");
    assertEquals(0600, mode(secret));
  }

  /** What somebody slips in between the look and the taking is refused then. */
  @Test
  void theTakingLooksAgain() throws IOException {
    Files.createLink(root.resolve("pages/link"), secret);
    Ownership ownership = new Ownership(root, Set.of(), directory.resolve("owners"));
    ProblemException problem =
        assertThrows(ProblemException.class, () -> ownership.take(APPLICATION));
    assertEquals(Problem.ADOPTION_REFUSED, problem.problem());
    assertEquals("root's", Files.readString(secret));
    assertEquals(2, Files.getAttribute(secret, "unix:nlink"));
  }

  @Test
  void aDirectoryThatOthersCouldExchangeIsNotWorkedIn() throws IOException {
    Files.setAttribute(root.getParent(), "unix:uid", APPLICATION);
    ProblemException problem = assertThrows(ProblemException.class, () -> checkout.adopt(NAMED));
    assertEquals(Problem.UNSAFE_PATH, problem.problem());
    ProblemException planned =
        assertThrows(ProblemException.class, () -> checkout.adoption().plan(NAMED));
    assertEquals(Problem.UNSAFE_PATH, planned.problem());
    assertTrue(Files.exists(root.resolve("app.py")));
  }

  private void assertRefused(String observed) {
    ProblemException problem =
        assertThrows(ProblemException.class, () -> checkout.adoption().plan(NAMED));
    assertTrue(String.valueOf(problem.getMessage()).contains(observed), problem.getMessage());
  }

  private static List<Path> below(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      return paths.toList();
    }
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }
}
