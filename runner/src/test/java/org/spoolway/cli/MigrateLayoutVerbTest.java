package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateLayoutVerbTest {

  @TempDir private Path directory;
  private Home home;
  private Path file;
  private Path root;

  /** A copy without a repository, so that nobody but its owner knows the version. */
  @BeforeEach
  void runInPlace() throws IOException {
    home = Home.withNotes(Files.createDirectory(directory.resolve("home")));
    file = directory.resolve("notes.toml");
    Files.move(home.layout.deploymentFile("notes"), file);
    root = home.path.resolve("roots/notes");
    Files.createDirectories(root);
    Files.writeString(root.resolve("app.py"), "serve()");
  }

  private FakeMachine.Ran migrate(String... more) {
    return home.run(
        Stream.concat(Stream.of("migrate-layout", file.toString()), Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndChangesNothing() {
    FakeMachine.Ran ran = migrate("--version", "3.1.0", "--dry-run");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertTrue(ran.out().contains("would make release 3.1.0 of " + root), ran.out()),
        () -> assertTrue(Files.exists(root.resolve("app.py"))),
        () -> assertFalse(Files.exists(home.layout.state("notes").path())));
  }

  @Test
  void goesThereAndSaysHowToGoBack() throws IOException {
    FakeMachine.Ran there = migrate("--version", "v3.1.0");
    assertEquals(0, there.code(), there.err());
    assertTrue(there.out().endsWith("back: `spoolway migrate-layout " + file + " --undo`\n"));
    assertTrue(Files.exists(root.resolve("current/app.py")));

    FakeMachine.Ran again = migrate();
    assertEquals(root + " has its releases already; nothing is to be done\n", again.out());

    FakeMachine.Ran look = migrate("--undo", "--dry-run");
    assertTrue(look.out().contains("would make " + root + " a checkout again"), look.out());
    assertTrue(Files.exists(root.resolve("current/app.py")));

    Files.copy(file, home.layout.deploymentFile("notes"));
    FakeMachine.Ran installed = migrate("--undo");
    assertEquals(75, installed.code());
    assertTrue(installed.err().contains("Run `spoolway uninstall notes` first"), installed.err());
    Files.delete(home.layout.deploymentFile("notes"));

    FakeMachine.Ran back = migrate("--undo");
    assertEquals(root + " is a checkout again\n", back.out());
    assertTrue(Files.isRegularFile(root.resolve("app.py")));

    FakeMachine.Ran nothing = migrate("--undo");
    assertEquals(1, nothing.code());
    assertTrue(nothing.err().contains("Nothing is to be undone"), nothing.err());
  }

  @Test
  void tellsProgramsToo() {
    FakeMachine.Ran there = migrate("--version", "3.1.0", "--json");
    assertTrue(there.out().contains("\"version\" : \"3.1.0\""), there.out());
    assertTrue(migrate("--undo", "--json").out().contains("\"kept\" : null"));
  }

  @Test
  void refusesAVersionThatIsNone() {
    FakeMachine.Ran ran = migrate("--version", "newest");
    assertEquals(2, ran.code());
    assertTrue(ran.err().contains("cannot take newest for a version"), ran.err());
  }

  @Test
  void installRefusesACheckoutInPlace() throws IOException {
    Files.createDirectory(root.resolve(".git"));
    FakeMachine.Ran ran = home.run("install", file.toString());
    assertEquals(1, ran.code());
    assertTrue(ran.err().contains("`spoolway migrate-layout FILE.toml`"), ran.err());
  }
}
