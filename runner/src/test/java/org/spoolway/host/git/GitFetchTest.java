package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class GitFetchTest extends GitFixture {

  private static final int LARGE = 3_000_000;

  @Test
  void onlyTheWantedTagIsFetched() throws Exception {
    repository.write("a", "1").release("v1.0.0");
    repository.write("a", "2").release("v2.0.0");

    fetch(candidate("1.0.0"));

    assertEquals(3, objectsInMirror(), "one commit, one tree, one file");
    assertTrue(Files.exists(state.mirror().resolve("refs/tags/v1.0.0")));
    assertTrue(Files.notExists(state.mirror().resolve("refs/tags/v2.0.0")));
  }

  @Test
  void theSecondFetchReceivesOnlyWhatIsNew() throws Exception {
    for (int i = 0; i < 50; i++) {
      repository.write("file" + i, "content " + i);
    }
    repository.release("v1.0.0");
    fetch(candidate("1.0.0"));
    long before = objectsInMirror();

    repository.write("file7", "changed").release("v1.1.0");
    fetch(candidate("1.1.0"));

    assertEquals(52, before, "a commit, a tree and 50 files");
    long more = objectsInMirror() - before;
    assertTrue(more <= 5, more + " for a commit, a tree, a file, and what the two are deltas of");
  }

  @Test
  void theSecondFetchOverHttpTransfersOnlyWhatIsNew() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      repository.write("large", noise(LARGE)).release("v1.0.0");
      fetch(candidate("1.0.0"));
      long first = server.packBytes();

      repository.write("small", "new").release("v1.1.0");
      fetch(candidate("1.1.0"));

      assertTrue(first > LARGE, first + " bytes first");
      assertTrue(server.packBytes() - first < 5000, server.packBytes() - first + " bytes then");
    }
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      repository.write("a", "1").release("v1.0.0");
      fetch(candidate("1.0.0"));
      long first = server.packBytes();

      fetch(candidate("1.0.0"));

      assertEquals(first, server.packBytes());
    }
  }

  @Test
  void aMovedTagIsFetchedOnceItWasChosenAnew() throws Exception {
    repository.write("a", "1").release("v1.0.0");
    fetch(candidate("1.0.0"));
    repository.write("a", "2").release("v1.0.0");

    fetch(candidate("1.0.0"));

    assertEquals("2", Files.readString(export(candidate("1.0.0")).resolve("a")));
  }

  @Test
  void aMovedTagIsSaidToBeMoved() throws Exception {
    repository.write("a", "1").release("v1.0.0");
    Candidate chosen = candidate("1.0.0");
    repository.write("a", "2").release("v1.0.0");

    ProblemException e = assertProblem(Problem.SOURCE_CHANGED, () -> fetch(chosen));

    assertEquals(
        "cannot fetch release 1.0.0 from "
            + repository.url()
            + ": the tag v1.0.0 names "
            + candidate("1.0.0").object().substring(0, 10)
            + " by now, not "
            + chosen.object().substring(0, 10),
        e.getMessage());
  }

  @Test
  void aTagThatNamesNoCommitCannotBeARelease() throws Exception {
    repository.git("tag", "v1.0.0", repository.blob("only a file"));

    ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> fetch(candidate("1.0.0")));

    assertTrue(e.getMessage().endsWith("its tag names no commit"), e.getMessage());
  }

  @Test
  void aConnectionThatEndsInTheMiddleIsUnreachableAndTheNextFetchSucceeds() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      repository.write("large", noise(LARGE)).release("v1.0.0");
      server.fail(GitHttpServer.Fault.CUT, LARGE / 2);

      assertProblem(Problem.SOURCE_UNREACHABLE, () -> fetch(candidate("1.0.0")));

      server.fail(GitHttpServer.Fault.NONE, 0);
      assertEquals(LARGE, Files.size(fetchAndExport("1.0.0").resolve("large")));
    }
  }

  @Test
  void aRepositoryOnThisHostThatLacksAFileIsToldByTheProblemAlone() throws Exception {
    repository.write("a", "1").release("v1.0.0");
    String blob = repository.git("rev-parse", "HEAD:a");
    Path objects = repository.directory().resolve(".git/objects");
    Files.delete(objects.resolve(blob.substring(0, 2)).resolve(blob.substring(2)));
    Candidate candidate = candidate("1.0.0");
    PrintStream real = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertProblem(Problem.SOURCE_UNREACHABLE, () -> fetch(candidate));
    } finally {
      System.setErr(real);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aConnectionThatStallsIsUnreachableAfterTheTimeout() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source =
          new GitSource(
              server.url("repository/.git"), state, Duration.ofSeconds(1), Clock.systemUTC());
      repository.write("large", noise(LARGE)).release("v1.0.0");
      server.fail(GitHttpServer.Fault.STALL, LARGE / 2);

      ProblemException e =
          assertProblem(Problem.SOURCE_UNREACHABLE, () -> fetch(candidate("1.0.0")));

      assertTrue(e.getMessage().endsWith("no answer within 1 s"), e.getMessage());
    }
  }

  @Test
  void aFetchThatHangsEndsWhenItIsCancelled() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      repository.write("large", noise(LARGE)).release("v1.0.0");
      server.fail(GitHttpServer.Fault.STALL, LARGE / 2);
      Candidate candidate = candidate("1.0.0");
      Interruption interruption = new Interruption();

      CompletableFuture<Void> fetch =
          CompletableFuture.runAsync(
              () ->
                  assertProblem(
                      Problem.INTERRUPTED,
                      () -> source.fetch(candidate, Progress.NONE, interruption)));
      server.awaitStall();
      interruption.request(Interruption.Cause.CANCEL);

      fetch.orTimeout(TIMEOUT.toMillis() / 2, TimeUnit.MILLISECONDS).join();
      server.fail(GitHttpServer.Fault.NONE, 0);
      assertEquals(LARGE, Files.size(fetchAndExport("1.0.0").resolve("large")));
    }
  }

  @Test
  void progressCountsBytesAndObjects() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source =
          new GitSource(
              server.url("repository/.git"), state, Duration.ofSeconds(1), Clock.systemUTC());
      repository.write("small", "1").write("zlarge", noise(LARGE)).release("v1.0.0");
      server.fail(GitHttpServer.Fault.STALL, LARGE / 2);
      List<String> details = new CopyOnWriteArrayList<>();

      assertProblem(
          Problem.SOURCE_UNREACHABLE,
          () ->
              source.fetch(
                  candidate("1.0.0"), (part, detail) -> details.add(detail), new Interruption()));

      assertTrue(
          details.stream().anyMatch(detail -> detail.matches("1\\.\\d MB, \\d of 4 objects")),
          details::toString);
    }
  }

  @Test
  void theLastProgressSaysHowMuchCame() throws Exception {
    repository.write("large", noise(LARGE)).release("v1.0.0");
    List<String> details = new CopyOnWriteArrayList<>();

    source.fetch(candidate("1.0.0"), (part, detail) -> details.add(detail), new Interruption());

    assertEquals("3.0 MB, 3 objects", details.get(details.size() - 1));
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    return noise;
  }
}
