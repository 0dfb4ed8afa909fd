package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

class VerifiedReleasesTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Signed FIRST = new Signed(new SshKey("SHA256:x", "alice").name(), "a1");
  private static final Signed OTHER = new Signed(new SshKey("SHA256:y", "").name(), "b2");

  @TempDir Path directory;

  @Test
  void aVersionMeansTheSameForEver() throws Exception {
    verified().add(ONE, FIRST, NOW);
    verified().add(ONE, OTHER, NOW.plusSeconds(1));

    verified().requireSame(ONE, "tag v1.0.0", FIRST);
    verified().requireSame(new Version("1.1.0"), "tag v1.1.0", OTHER);
    ProblemException moved =
        assertThrows(
            ProblemException.class, () -> verified().requireSame(ONE, "tag v1.0.0", OTHER));
    assertEquals(Problem.TAG_MOVED, moved.problem());
    assertEquals(
        "cannot trust the tag v1.0.0: it stood for a1 on 2026-01-01T00:00:00Z, signed by the SSH key"
            + " SHA256:x (alice), and stands for b2 now",
        moved.getMessage());
  }

  @Test
  void theSameContentMayBeSignedAnew() throws Exception {
    verified().add(ONE, FIRST, NOW);

    verified().requireSame(ONE, "tag v1.0.0", new Signed(OTHER.by(), FIRST.content()));
  }

  @Test
  void whatWasOnlySeenIsNotHere() throws Exception {
    verified().add(ONE, FIRST, NOW);
    assertNull(verified().signerHere(ONE));

    verified().madeHere(ONE);
    assertEquals("SSH key SHA256:x (alice)", verified().signerHere(ONE));

    verified().goneFromHere(ONE);
    assertNull(verified().signerHere(ONE));
    verified().requireSame(ONE, "tag v1.0.0", FIRST);
  }

  @Test
  void whatNobodySawIsNotHere() throws Exception {
    verified().madeHere(ONE);
    verified().goneFromHere(ONE);

    assertNull(verified().signerHere(ONE));
    assertFalse(Files.exists(directory.resolve("verified.json")));
  }

  @Test
  void aFileThatCannotBeReadIsNotTakenForNone() throws Exception {
    Files.writeString(directory.resolve("verified.json"), "{");

    assertEquals(
        Problem.STORAGE_FAILED,
        assertThrows(ProblemException.class, () -> verified().signerHere(ONE)).problem());
  }

  private VerifiedReleases verified() {
    return new VerifiedReleases(directory.resolve("verified.json"));
  }

  /** As when its maker packs it in a better way later. */
  @Test
  void theSameVersionInAnotherFormIsAnother() throws Exception {
    Signed gzip = new Signed(FIRST.by(), "notes-1.0.0.tar.gz", "a1");
    Signed zstd = new Signed(FIRST.by(), "notes-1.0.0.tar.zst", "b2");
    verified().add(ONE, gzip, NOW);

    verified().requireSame(ONE, "archive notes-1.0.0.tar.zst", zstd);
    verified().add(ONE, zstd, NOW);

    Signed other = new Signed(FIRST.by(), "notes-1.0.0.tar.zst", "c3");
    assertThrows(
        ProblemException.class,
        () -> verified().requireSame(ONE, "archive notes-1.0.0.tar.zst", other));
  }
}
