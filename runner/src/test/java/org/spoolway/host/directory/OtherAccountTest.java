package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Network;
import org.spoolway.host.FakeCommands;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.problem.Problem;
import org.spoolway.source.Place;
import org.spoolway.trust.TrustedKeys;

/** Candidates are asked by an account without privileges, where that is another one. */
class OtherAccountTest extends CandidateFixture {

  @Test
  void aProgramRunsAsTheAccountAndCanChangeNothing() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can become another user");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    Path seen = Files.createDirectory(directory.resolve("seen"));
    Files.setPosixFilePermissions(seen, PosixFilePermissions.fromString("rwxrwxrwx"));
    script(
        candidates.resolve("notes"),
        """
        { id -un
        touch "$0" && echo changed
        touch "$(dirname "$0")/more" && echo added
        ls %s && echo listed
        readlink -f "$0"
        } > %s/answers
        echo 1.0.0
        """
            .formatted(state.path(), seen));

    assertEquals(List.of("1.0.0"), versions(source(place("nobody"), TrustedKeys.NONE)));

    Path ran = directory.toRealPath().resolve("root/.spoolway-candidate/copy/release/notes");
    assertEquals(List.of("nobody", ran.toString()), Files.readAllLines(seen.resolve("answers")));
    assertFalse(Files.exists(application.candidate()));
  }

  /** Whoever may write there could have root open, copy and run what he likes. */
  @Test
  void aDirectoryThatOthersCanWriteIsNotLookedInto() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root must not trust others");
    program("notes", "1.0.0");
    Files.setPosixFilePermissions(candidates, PosixFilePermissions.fromString("rwxrwxr-x"));

    assertProblem(
        Problem.SOURCE_UNREACHABLE,
        "cannot look for candidates in "
            + candidates
            + ": others than root can write in "
            + candidates
            + ", or exchange it",
        () -> source().candidates());
    assertEquals(0, marks());
  }

  @Test
  void nothingIsTakenThatOthersCanExchangeInIt() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root must not trust others");
    program("notes", "1.0.0");
    Files.setAttribute(candidates.resolve("notes"), "unix:uid", 65534);
    assertRefused(source(), "notes (notes is somebody else's, or others than root can write it)");

    Files.setAttribute(candidates.resolve("notes"), "unix:uid", 0);
    Files.setPosixFilePermissions(
        candidates.resolve("notes"), PosixFilePermissions.fromString("rwxr-xrwx"));
    assertRefused(source(), "notes (notes is somebody else's, or others than root can write it)");
    assertEquals(0, marks());
  }

  @Test
  void anAccountThatIsNotThereIsSaidAndAskedForAnew() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can become another user");
    program("notes", "1.0.0");

    for (int look = 0; look < 2; look++) {
      assertRefused(
          source(place("no-such-user"), TrustedKeys.NONE),
          "notes (there is no user no-such-user on this host)");
    }
    assertEquals(0, marks());
  }

  @Test
  void nothingIsCopiedToWhereSomebodyElseCouldExchangeIt() throws Exception {
    assumeTrue(new HostAccounts().ownUid() == 0, "only root can become another user");
    program("notes", "1.0.0");
    Path root = Files.createDirectory(application.root());
    Path stranger = Files.createDirectory(application.candidate());
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertRefused(
        source(place("nobody"), TrustedKeys.NONE),
        "notes (it cannot be asked in " + root + ", since others than root can write there)");

    assertEquals(0, marks());
    assertTrue(Files.exists(stranger), "what lies there is not touched");
  }

  @Test
  void whereTheHostCanItIsConfined() throws Exception {
    program("notes", "1.0.0");
    FakeCommands recorded = new FakeCommands().on("sh", FakeCommands.printing("1.0.0", 0));
    commands = recorded;

    assertEquals(List.of("1.0.0"), versions(source()));

    Command command = recorded.ran().get(0);
    Confinement confinement = command.confinement();
    assertEquals(Network.NONE, confinement.network());
    assertEquals(List.of(), confinement.writable());
    assertEquals(List.of(application.snapshots(), application.shared()), confinement.hidden());
    assertTrue(confinement.limits().memory() > 0);
    assertEquals(List.of("./notes", "--version"), command.arguments().subList(3, 5));
    assertEquals(state.candidates().resolve("notes.questions").toString(), command.mark());
    assertEquals(1, recorded.ran().size());
  }

  private Place.Directory place(String user) {
    return new Place.Directory(candidates.toString(), candidates, "notes", user, LIMIT, MOST_BYTES);
  }
}
