package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.engine.Ending;
import org.spoolway.host.SmallDisk;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** A host where an update has no room or no right to work says so before anything is done. */
class PreflightTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;

  @BeforeEach
  void prepare() throws IOException {
    stage = Stage.empty(directory);
  }

  @Test
  void aRootBelowAFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "theirs");
    Path root = file.resolve("apps/notes");
    assertTold(
        root, "ROOT_NOT_WRITABLE", "cannot write " + root + ": " + file + " is no directory");
    assertEquals("theirs", Files.readString(file));
  }

  @Test
  void aRootThatIsAFileCannotBeWritten() throws IOException {
    Path root = Files.writeString(directory.resolve("file"), "theirs");
    assertTold(root, "ROOT_NOT_WRITABLE", "cannot write " + root + ": it is no directory");
  }

  @Test
  void aRootOnAReadOnlyFileSystemCannotBeWritten() throws IOException {
    onFileSystem(
        "ro",
        root ->
            assertTold(root, "ROOT_NOT_WRITABLE", "cannot write " + root + ": it is not writable"));
  }

  /** Its files and data would lie among those of Spoolway. */
  @Test
  void aCheckoutThatRunsInPlaceIsNoRoot() throws IOException {
    Path root = Files.createDirectories(directory.resolve("flat"));
    Files.createDirectory(root.resolve(".git"));
    assertTold(
        root,
        "ROOT_OCCUPIED",
        "cannot make releases in " + root + ": it holds other files, such as .git");
  }

  @Test
  void aFileSystemWithLessThanALittleRoomIsFull() throws IOException {
    String told = "cannot work below \\S+: [0-8] MiB free, 32 MiB needed";
    onFileSystem("size=8m", root -> assertToldLike(root, "DISK_FULL", Pattern.compile(told)));
  }

  @Test
  void aDiskThatASnapshotWouldFillIsFull() throws IOException {
    stage = Stage.installed(directory.resolve("installed"));
    stage.outside().database.pretendMoreBytes(1L << 60);
    Picture before = stage.picture();
    String needed = (1L << 40) + 32 + " MiB needed";
    Pattern told = Pattern.compile("cannot work below \\S+: \\d+ MiB free, " + needed);
    assertToldLike(stage.site().deployment().root(), "DISK_FULL", told);
    assertEquals(before, stage.picture());
  }

  private interface OnRoot {
    void run(Path root) throws IOException;
  }

  /** Only root can have a file system of its own; others skip this. */
  private void onFileSystem(String options, OnRoot test) throws IOException {
    Path root = Files.createDirectory(directory.resolve("small"));
    assumeTrue(SmallDisk.mount(root, options), "mounting a file system takes root");
    try {
      test.run(root);
    } finally {
      assertTrue(SmallDisk.unmount(root), "still mounted: " + root);
    }
  }

  private void assertTold(Path root, String code, String message) throws IOException {
    assertToldLike(root, code, Pattern.compile(Pattern.quote(message)));
  }

  private void assertToldLike(Path root, String code, Pattern message) throws IOException {
    stage.configure(d -> Deployments.at(root, d));
    Ending ending = stage.run(UPDATE);
    assertEquals(Outcome.FAILED, ending.outcome(), ending::toString);
    assertEquals(code, ending.failure().code());
    assertEquals("preflight", ending.failure().step());
    assertTrue(message.matcher(ending.failure().message()).matches(), ending::toString);
    assertEquals(List.of(), stage.outside().log());
  }
}
