package org.spoolway.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.trust.VerifiedReleases.Verified;

class VerifiedReleasesTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Verified FIRST =
      new Verified("a1", "SSH key SHA256:x (alice)", Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path directory;

  @Test
  void whatWasWrittenDownIsKnownLater() throws Exception {
    verified().add(ONE, FIRST);

    assertEquals(Optional.of(FIRST), verified().find(ONE));
    assertEquals(Optional.empty(), verified().find(new Version("1.1.0")));
  }

  @Test
  void theFirstLookIsTheOneThatCounts() throws Exception {
    verified().add(ONE, FIRST);
    verified().add(ONE, new Verified("b2", "another", FIRST.at().plusSeconds(1)));

    assertEquals(Optional.of(FIRST), verified().find(ONE));
  }

  @Test
  void aVersionMeansTheSameForEver() throws Exception {
    verified().add(ONE, FIRST);

    verified().requireSame(ONE, "v1.0.0", "a1");
    verified().requireSame(new Version("1.1.0"), "v1.1.0", "c3");
    ProblemException moved =
        assertThrows(ProblemException.class, () -> verified().requireSame(ONE, "v1.0.0", "b2"));
    assertEquals(Problem.TAG_MOVED, moved.problem());
    assertEquals(
        "cannot trust the tag v1.0.0: it named a1 on 2026-01-01T00:00:00Z, signed by the SSH key"
            + " SHA256:x (alice), and names b2 now",
        moved.getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNotTakenForNone() throws Exception {
    Files.writeString(directory.resolve("verified.json"), "{");

    assertEquals(
        Problem.STORAGE_FAILED,
        assertThrows(ProblemException.class, () -> verified().find(ONE)).problem());
  }

  private VerifiedReleases verified() {
    return new VerifiedReleases(directory.resolve("verified.json"));
  }
}
