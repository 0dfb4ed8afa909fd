package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Ending;
import org.spoolway.host.Commands;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/** Releases whose content gets in the runner's way, by accident or on purpose. */
class UnrulyReleaseTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final String MANIFEST = ".spoolway-manifest";

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;
  private Picture before;

  @BeforeEach
  void install() throws IOException {
    stage = Stage.installed(directory);
    before = stage.picture();
  }

  @Test
  void aTreeThatBringsASealIsNotTakenForSealed() throws IOException {
    Map<String, String> files = Map.of("bin/serve", "serve", MANIFEST, "");
    stage.outside().sources.publish("1.2.0", files, "with a seal");
    assertRefused("SOURCE_UNUSABLE", "fetch");
  }

  @Test
  void aBuildThatWritesASealIsNotTakenForSealed() throws IOException {
    building(release -> Files.writeString(release.resolve(MANIFEST), ""));
    assertRefused("BUILD_FAILED", "build");
  }

  @Test
  void whatADirectoryThatIsALinkLeadsToIsLeftAlone() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside/media"));
    Files.writeString(outside.resolve("file"), "theirs");
    sharing("data/media");
    building(release -> Files.createSymbolicLink(release.resolve("data"), outside.getParent()));
    assertRefused("SOURCE_UNUSABLE", "link");
    assertEquals("theirs", Files.readString(outside.resolve("file")));
  }

  @Test
  void aSharedNameBelowAnotherDoesNotDeleteWhatIsShared() throws IOException {
    Path cache = stage.site().application().shared().resolve("media/cache");
    Files.createDirectories(cache);
    Files.writeString(cache.resolve("file"), "of users");
    sharing("media", "media/cache");
    assertRefused("SOURCE_UNUSABLE", "link");
    assertEquals("of users", Files.readString(cache.resolve("file")));
  }

  @Test
  void aSharedNameInADirectoryOfTheReleaseIsLinked() throws IOException {
    sharing("bin/data/media");
    stage.mustSucceed(UPDATE);
    Path link = stage.site().application().release("1.1.0").resolve("bin/data/media");
    assertEquals(Path.of("../../../../shared/bin/data/media"), Files.readSymbolicLink(link));
    assertTrue(Files.isDirectory(link));
  }

  private void assertRefused(String code, String step) throws IOException {
    Ending ending = stage.run(UPDATE);
    assertEquals(Outcome.FAILED, ending.outcome(), ending::toString);
    assertEquals(code, ending.failure().code());
    assertEquals(step, ending.failure().step());
    assertEquals(before, stage.picture());
  }

  private void sharing(String... names) {
    List<String> links = List.of(names);
    stage.configure(d -> Deployments.sharing(d, new Deployment.Shared(links, links)));
  }

  private interface Build {
    void run(Path release) throws IOException;
  }

  private void building(Build build) {
    stage
        .outside()
        .commands
        .on(
            "build",
            (command, output, interruption) -> {
              try {
                build.run(command.directory());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return new Commands.Exit.Status(0);
            });
  }
}
