package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.schema.Version;

/** The link that says what is live. */
class CurrentLinkTest {

  private static final Version OLD = new Version("1.0.0");
  private static final Version NEW = new Version("1.1.0-rc.1+build.5");

  @TempDir Path root;
  private CurrentLink current;

  @BeforeEach
  void open() {
    current = new CurrentLink(new ApplicationDir(root));
  }

  @Test
  void nothingIsLiveBeforeTheFirstRelease() throws IOException {
    assertEquals(Optional.empty(), current.version());
  }

  @Test
  void theLinkIsRelativeSoThatTheRootCanBeMoved() throws IOException {
    current.pointTo(NEW);
    assertEquals(Path.of("releases", NEW.text()), Files.readSymbolicLink(root.resolve("current")));
    assertEquals(Optional.of(NEW), current.version());
  }

  @Test
  void theLinkGoesThereAndBack() throws IOException {
    current.pointTo(OLD);
    current.pointTo(NEW);
    current.pointTo(NEW);
    current.pointTo(OLD);
    assertEquals(Optional.of(OLD), current.version());
  }

  @Test
  void whatADeadRunnerLeftBesideTheLinkMakesRoom() throws IOException {
    Files.createSymbolicLink(root.resolve(".current.tmp"), Path.of("releases", "0.9.0"));
    current.pointTo(NEW);
    assertEquals(Optional.of(NEW), current.version());
    assertFalse(Files.exists(root.resolve(".current.tmp"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aRemovedLinkLeavesNothing() throws IOException {
    current.pointTo(NEW);
    Files.createSymbolicLink(root.resolve(".current.tmp"), Path.of("releases", "0.9.0"));
    current.remove();
    current.remove();
    assertEquals(Optional.empty(), current.version());
    try (var names = Files.list(root)) {
      assertEquals(0, names.count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "releases",
        "releases/latest",
        "releases/../releases/1.0.0",
        "./releases/1.0.0",
        "/opt/notes/releases/1.0.0",
        "1.0.0",
        "releases/1.0.0.partial",
        "elsewhere/1.0.0",
        "releases/v1.0.0",
        "..",
        "."
      })
  void aLinkThatLeadsAnywhereElseIsSaidSo(String target) throws IOException {
    Files.createSymbolicLink(root.resolve("current"), Path.of(target));
    IOException refused = assertThrows(IOException.class, current::version);
    assertTrue(refused.getMessage().contains("no release of Spoolway's"), refused::toString);
  }

  @Test
  void somethingElseUnderThatNameIsAnError() throws IOException {
    Files.createDirectory(root.resolve("current"));
    IOException refused = assertThrows(IOException.class, current::version);
    assertTrue(
        refused.getMessage().contains(root.resolve("current").toString()), refused::toString);
  }

  @Test
  void noReaderEverFindsNoLink() throws IOException {
    current.pointTo(OLD);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Set<Optional<Version>>> reader =
        CompletableFuture.supplyAsync(() -> versionsSeenUntil(done));
    for (int i = 0; i < 200; i++) {
      current.pointTo(i % 2 == 0 ? NEW : OLD);
    }
    done.countDown();
    Set<Optional<Version>> seen = reader.join();
    assertFalse(seen.contains(Optional.empty()), seen::toString);
  }

  private Set<Optional<Version>> versionsSeenUntil(CountDownLatch done) {
    Set<Optional<Version>> seen = new HashSet<>();
    while (done.getCount() > 0) {
      try {
        seen.add(current.version());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return seen;
  }
}
