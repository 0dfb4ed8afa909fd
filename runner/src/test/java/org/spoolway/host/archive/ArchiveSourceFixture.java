package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveFormat;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Place;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.TrustedKeys;

/** Archives in a directory and on a server, and a maker who signs them. */
abstract class ArchiveSourceFixture {

  static final Map<String, String> FILES = Map.of("README", "hello\n", "bin/serve", "#!/bin/sh\n");

  enum Where {
    DIRECTORY,
    SERVER
  }

  @TempDir Path directory;
  ReleaseDirectory releases;
  DirectoryWeb web;
  StateDir state;
  Minisign alice;
  TrustedKeys trust;

  @BeforeEach
  void make() throws Exception {
    releases = new ReleaseDirectory(directory.resolve("releases"), directory.resolve("scratch"));
    web = new DirectoryWeb(releases.path());
    state = new StateDir(directory.resolve("state"));
    alice = Minisign.makeKey(Files.createDirectory(directory.resolve("keys")), "alice");
    trust = new TrustedKeys(List.of(alice.key()));
  }

  void publishSigned(String version) throws IOException {
    releases.publish(version, ArchiveFormat.TAR_GZIP, FILES, "What is new");
    releases.sign(alice, "notes-" + version + ".tar.gz");
  }

  void assertRefused(Where where, String message) throws Exception {
    ArchiveSource source = source(where, trust);
    Candidate candidate = only(source);
    for (Executable work :
        List.<Executable>of(
            () -> source.signer(candidate, trust),
            () -> source.fetch(candidate, Progress.NONE, new Interruption()))) {
      ProblemException refused = assertThrows(ProblemException.class, work::run);
      assertEquals(message, refused.getMessage());
      assertEquals(Problem.SIGNATURE_REFUSED, refused.problem());
    }
    assertEquals(List.of(), fetched());
  }

  interface Executable {
    void run() throws ProblemException;
  }

  List<String> fetched() {
    if (!Files.exists(state.archives())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(state.archives())) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Candidate only(ArchiveSource source) throws ProblemException {
    List<Candidate> candidates = source.candidates();
    assertEquals(1, candidates.size(), candidates::toString);
    return candidates.get(0);
  }

  Map<String, String> exported(ArchiveSource source, Candidate candidate)
      throws ProblemException, IOException {
    Path into = Files.createTempDirectory(directory, "out").resolve("tree");
    source.export(candidate, into, Progress.NONE, new Interruption());
    return Map.of(
        "README", Files.readString(into.resolve("README")),
        "bin/serve", Files.readString(into.resolve("bin/serve")));
  }

  ArchiveSource source(Where where, TrustedKeys trust) {
    String url =
        where == Where.DIRECTORY ? releases.path().toUri().toString() : DirectoryWeb.ADDRESS;
    return ArchiveSource.ofFiles(place(url), trust, state, web);
  }

  static Place.Archives place(String url) {
    return new Place.Archives(
        url, ArchiveNames.of("notes"), 1 << 20, Duration.ofMinutes(1), null, null);
  }
}
