package org.spoolway.host.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What root lends to an account, and for how long. */
class CommandsOfAnotherAccountTest {

  private static final String NOBODY = "nobody";

  @TempDir Path scratch;
  private CopiedFile file;
  private Path snapshot;

  @BeforeEach
  void lend() throws Exception {
    file = new CopiedFile(scratch.resolve("root")).user(NOBODY);
    assumeTrue(file.isRoot(), "only root can become another user");
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    file.write("before");
    give(file.file());
    snapshot =
        Files.createDirectories(
            scratch.resolve("snapshots/1/data"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void give(Path path) throws Exception {
    Files.setOwner(
        path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
  }

  @Test
  void theAccountWritesTheCopyAloneAndOnlyWhileItIsMade() throws Exception {
    file.program(
        "snapshot",
        """
        id -un
        cat "$DATA" > present
        for place in .. ../.. ../../..; do
          if touch "$place/mine" 2>/dev/null; then echo "wrote $place"; fi
          if ls "$place" >/dev/null 2>&1; then echo "listed $place"; fi
        done
        """);
    file.program(
        "restore",
        """
        cat present > "$DATA"
        if touch mine 2>/dev/null || rm -f present 2>/dev/null; then echo wrote; fi
        if (echo more >> present) 2>/dev/null; then echo changed; fi
        """);
    CapturedOutput output = new CapturedOutput();
    file.database().printingTo(output).snapshot(snapshot);
    file.write("after");
    file.database().printingTo(output).restore(snapshot, scratch.resolve("snapshots/2/data"));
    assertEquals("before", file.read());
    assertEquals("$ ./snapshot\nnobody\n$ ./snapshot\nnobody\n$ ./restore\n", output.text());
    Path present = snapshot.resolve("copy/present");
    assertEquals("root", Files.getOwner(present).getName());
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(present)));
  }

  @Test
  void treeIsTakenBackWhole() throws Exception {
    file.program("snapshot", "mkdir -p a/b; echo x > a/b/c; chmod 4777 a/b/c; chmod 2777 a");
    file.database().snapshot(snapshot);
    Path copy = snapshot.resolve("copy");
    for (String name : new String[] {"a", "a/b", "a/b/c"}) {
      Path path = copy.resolve(name);
      assertEquals(0, Files.getAttribute(path, "unix:uid"), name);
      assertEquals(0750, (int) Files.getAttribute(path, "unix:mode") & 07777, name);
    }
  }

  @Test
  void linkLeadsRootNowhere() throws Exception {
    Path secret = Files.writeString(scratch.resolve("secret"), "x");
    file.program("snapshot", "echo x > file; ln -s '" + secret + "' link");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> file.database().snapshot(snapshot));
    assertEquals(Problem.SNAPSHOT_FAILED, refused.problem());
    assertTrue(refused.getMessage().contains("link is neither"), refused.getMessage());
    assertEquals("x", Files.readString(secret));
    assertEquals(0, Files.getAttribute(secret, "unix:uid", LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void unknownAccountIsSaid() throws Exception {
    file.user("no-such-user");
    ProblemException unknown =
        assertThrows(ProblemException.class, () -> file.database().snapshot(snapshot));
    assertTrue(unknown.getMessage().contains("no-such-user"), unknown.getMessage());
  }
}
