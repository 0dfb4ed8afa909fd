package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class GitCandidatesTest extends GitFixture {

  @Test
  void onlySemanticVersionsAreCandidates() throws Exception {
    repository.release("v1.0.0").release("2.0.0-beta.1").release("nightly").release("v3");
    repository.release("v1.3.0-rc.partial");
    repository.git("tag", "release/v4.0.0");
    repository.git("branch", "v5.0.0");

    Set<String> tags = source.candidates().stream().map(Candidate::tag).collect(Collectors.toSet());

    assertEquals(Set.of("v1.0.0", "2.0.0-beta.1"), tags);
  }

  @Test
  void theTagWithTheLetterIsPreferred() throws Exception {
    repository.release("1.0.0").release("v1.0.0");

    assertEquals("v1.0.0", candidate("1.0.0").tag());
    assertEquals(1, source.candidates().size());
  }

  @Test
  void theObjectIsTheTagItself() throws Exception {
    repository.release("v1.0.0");
    repository.git("tag", "-a", "-m", "annotated", "v1.1.0");

    assertEquals(repository.git("rev-parse", "HEAD"), candidate("1.0.0").object());
    assertEquals(repository.git("rev-parse", "v1.1.0"), candidate("1.1.0").object());
    assertFalse(candidate("1.1.0").object().equals(candidate("1.0.0").object()));
  }

  @Test
  void lookingWritesNothing() throws Exception {
    repository.release("v1.0.0");

    source.candidates();

    assertFalse(Files.exists(state.mirror()));
  }

  @Test
  void aMissingRepositoryIsUnreachable() {
    source = sourceAt("file://" + scratch.resolve("nowhere"));

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertEquals(
        "cannot list the releases of file://" + scratch + "/nowhere: there is no such directory",
        e.getMessage());
  }

  @Test
  void aDirectoryThatIsNoRepositoryIsUnreachable() throws IOException {
    source = sourceAt(Files.createDirectory(scratch.resolve("plain")).toString());

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertTrue(e.getMessage().contains("there is no repository"), e.getMessage());
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    source = sourceAt("http://127.0.0.1:" + port + "/app.git");

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

    assertTrue(e.getMessage().contains("does not take the connection"), e.getMessage());
  }

  @Test
  void aServerThatNeverAnswersIsUnreachableAfterTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/app.git";
      source = new GitSource(url, state, Duration.ofSeconds(1), Clock.systemUTC());

      ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

      assertTrue(e.getMessage().endsWith("no answer within 1 s"), e.getMessage());
    }
  }

  @Test
  void aServerThatWantsAPasswordIsUnreachableAndNamesNone() throws IOException {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      server.refuse(401, Map.of("WWW-Authenticate", "Basic realm=\"git\""));
      String url = server.url("repository").replace("http://", "http://robot:hunter2@");
      source = sourceAt(url);

      ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

      assertTrue(e.getMessage().contains("no user and password that it knows"), e.getMessage());
      assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
    }
  }

  @Test
  void aServerErrorIsUnreachable() throws IOException {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      server.refuse(503, Map.of());
      source = sourceAt(server.url("repository"));

      ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, source::candidates);

      assertTrue(e.getMessage().contains("503"), e.getMessage());
    }
  }

  @Test
  void anAddressOfNoAcceptedKindIsAMatterOfConfiguration() {
    source = sourceAt("http://robot:hunter2@example.org/app.git");

    ProblemException e = assertProblem(Problem.CONFIGURATION, source::candidates);

    assertEquals(
        "cannot use source.url http://example.org/app.git:"
            + " plain http:// is accepted for this host only",
        e.getMessage());
  }
}
