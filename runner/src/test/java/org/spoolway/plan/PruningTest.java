package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Version;

/** What is removed, and what never is: here two releases and two snapshots are to be kept. */
class PruningTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void anUpdateLeavesTheLastTwoReleasesAndTheirSnapshots() throws IOException {
    Stage stage = afterUpdatesTo("1.1.0", "1.2.0", "1.3.0");
    assertEquals(Set.of("1.2.0", "1.3.0"), stage.picture().releases().keySet());
    assertEquals(List.of("3-1.1.0", "4-1.2.0"), stage.picture().snapshots());
    stage.mustSucceed(Request.of(Action.PRUNE, null));
    assertEquals(Set.of("1.2.0", "1.3.0"), stage.picture().releases().keySet());
    assertEquals(List.of("3-1.1.0", "4-1.2.0"), stage.picture().snapshots());
  }

  @Test
  void anUpdateLeavesWhatItCameFromHoweverOldThatIs() throws IOException {
    Stage stage = afterUpdatesTo("1.1.0", "1.2.0");
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    stage.offer(new Version("1.3.0"));
    stage.mustSucceed(UPDATE);
    assertEquals(Set.of("1.1.0", "1.2.0", "1.3.0"), stage.picture().releases().keySet());
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    assertEquals(Optional.of(new Version("1.1.0")), stage.picture().current());
  }

  @Test
  void whatARollbackNeedsIsKept() throws IOException {
    Stage stage = afterUpdatesTo("1.1.0", "1.2.0", "1.3.0");
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    assertEquals(Set.of("1.2.0", "1.3.0"), stage.picture().releases().keySet());
    stage.mustSucceed(Request.of(Action.PRUNE, null));
    assertTrue(stage.picture().snapshots().contains("4-1.2.0"));
  }

  @Test
  void theReleaseThatIsLiveIsKeptHoweverOldItIs() throws IOException {
    Stage stage = afterUpdatesTo("1.1.0");
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    stage.offer(new Version("1.2.0"));
    stage.offer(new Version("1.3.0"));
    stage.mustSucceed(Request.of(Action.UPDATE, new Version("1.3.0")));
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    stage.mustSucceed(Request.of(Action.PRUNE, null));
    assertTrue(stage.picture().releases().containsKey("1.0.0"), stage.picture()::toString);
    assertTrue(stage.picture().releases().containsKey("1.3.0"), stage.picture()::toString);
  }

  @Test
  void whatADeadRunnerLeftHalfUnpackedIsRemoved() throws IOException {
    Stage stage = Stage.installed(directory);
    Path partial = stage.site().application().partialRelease("1.1.0");
    Files.createDirectories(partial.resolve("bin"));
    stage.mustSucceed(Request.of(Action.PRUNE, null));
    assertFalse(Files.exists(partial));
  }

  @Test
  void pruningWhereNothingIsInstalledSucceeds() throws IOException {
    Stage stage = Stage.empty(directory);
    assertEquals(Outcome.SUCCEEDED, stage.run(Request.of(Action.PRUNE, null)).outcome());
  }

  private Stage afterUpdatesTo(String... versions) throws IOException {
    Stage stage = Stage.empty(directory);
    stage.mustSucceed(UPDATE);
    for (String version : versions) {
      stage.offer(new Version(version));
      stage.mustSucceed(UPDATE);
    }
    return stage;
  }
}
