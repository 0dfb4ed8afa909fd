package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A repository, and a source that reads from it. */
abstract class GitFixture {

  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final String IN_PACK = "in-pack: ";

  @TempDir Path scratch;
  TestRepository repository;
  StateDir state;
  GitSource source;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = TestRepository.create(scratch.resolve("repository"));
    state = new StateDir(Files.createDirectory(scratch.resolve("state")));
    source = sourceAt(repository.url());
  }

  GitSource sourceAt(String url) {
    return new GitSource(url, state, TIMEOUT, Clock.systemUTC());
  }

  Candidate candidate(String version) throws ProblemException {
    return source.candidates().stream()
        .filter(candidate -> candidate.version().text().equals(version))
        .findAny()
        .orElseThrow(() -> new AssertionError(version + " is not on offer"));
  }

  void fetch(Candidate candidate) throws ProblemException {
    source.fetch(candidate, Progress.NONE, new Interruption());
  }

  Path export(Candidate candidate) throws ProblemException {
    Path into = scratch.resolve("out-" + candidate.version());
    source.export(candidate, into, Progress.NONE, new Interruption());
    return into;
  }

  Path fetchAndExport(String version) throws ProblemException {
    Candidate candidate = candidate(version);
    fetch(candidate);
    return export(candidate);
  }

  /** How many objects are in the mirror's packs; one that is there twice counts twice. */
  long objectsInMirror() throws IOException {
    return objectsIn(state.mirror());
  }

  static long objectsIn(Path mirror) throws IOException {
    return TestRepository.at(mirror)
        .git("count-objects", "-v")
        .lines()
        .filter(line -> line.startsWith(IN_PACK))
        .mapToLong(line -> Long.parseLong(line.substring(IN_PACK.length())))
        .sum();
  }

  static ProblemException assertProblem(Problem expected, Executable action) {
    ProblemException e = assertThrows(ProblemException.class, action);
    assertEquals(expected, e.problem(), e::getMessage);
    return e;
  }
}
