package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Whoever exchanges what is being copied keeps nobody waiting. */
class WatchedCopyTest extends CandidateFixture {

  @Test
  void aPipeInTheOpeningIsGivenUpAndItsReaderReleased() throws Exception {
    Path pipe = candidates.resolve("notes");
    pipe(pipe);
    CompletableFuture<Boolean> released = new CompletableFuture<>();

    UnsettledException refused =
        assertThrows(
            UnsettledException.class,
            () ->
                new WatchedCopy(Duration.ofMillis(200))
                    .run(
                        meter -> {
                          meter.name(pipe);
                          Files.newByteChannel(pipe).close();
                          return released.complete(true);
                        },
                        this::meter,
                        new Interruption()));

    assertEquals("it could not be read for 0 s, at " + pipe, refused.reason());
    assertTrue(released.get(1, TimeUnit.MINUTES));
  }

  @Test
  void aPipeThatSomebodyHoldsOpenIsNotRead() throws Exception {
    Path pipe = candidates.resolve("notes");
    pipe(pipe);
    try (var held =
            Files.newByteChannel(
                pipe,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        DirectoryStream<Path> stream = Files.newDirectoryStream(candidates)) {
      SecureDirectoryStream<Path> opened = TreeCopy.secure(stream);

      assertThrows(
          java.io.IOException.class, () -> TreeCopy.open(opened, pipe.getFileName()).close());
      assertTrue(held.isOpen());
    }
  }

  @Test
  void aWishToEndReachesTheCopy() {
    Interruption interruption = new Interruption();

    ProblemException ended =
        assertThrows(
            ProblemException.class,
            () ->
                new WatchedCopy(Duration.ofMinutes(5))
                    .run(
                        meter -> {
                          interruption.request(Interruption.Cause.SHUTDOWN);
                          meter.bytes(1);
                          return meter;
                        },
                        this::meter,
                        interruption));

    assertEquals(Problem.INTERRUPTED, ended.problem());
    assertEquals("cannot copy notes: the runner is ending", ended.getMessage());
  }

  private CopyMeter meter(Interruption abandoned) {
    return new CopyMeter("copy notes", MOST_BYTES, Progress.NONE, abandoned);
  }
}
