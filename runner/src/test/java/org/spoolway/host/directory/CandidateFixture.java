package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.process.HostAccounts;
import org.spoolway.host.process.ProcessCommands;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.Place;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Tools;
import org.spoolway.trust.TrustedKeys;

/** A directory of candidates that are little scripts, and a maker who signs them. */
abstract class CandidateFixture {

  static final Duration LIMIT = Duration.ofMinutes(2);
  static final long MOST_BYTES = 1 << 20;

  @TempDir Path directory;
  Path candidates;
  StateDir state;
  ApplicationDir application;
  Minisign alice;
  TrustedKeys trust;
  Commands commands = new ProcessCommands();
  private int parts;

  @BeforeEach
  void make() throws Exception {
    candidates = Files.createDirectory(directory.resolve("candidates"));
    state = new StateDir(directory.resolve("lib").resolve("notes"));
    application = new ApplicationDir(directory.resolve("root"));
    alice = Minisign.makeKey(Files.createDirectory(directory.resolve("keys")), "alice");
    trust = new TrustedKeys(List.of(alice.key()));
  }

  DirectorySource source() {
    return source(TrustedKeys.NONE);
  }

  DirectorySource source(TrustedKeys keys) {
    return source(place("notes", LIMIT), keys);
  }

  DirectorySource source(Place.Directory place, TrustedKeys keys) {
    DirectorySource.Host host = new DirectorySource.Host(application, commands, new HostAccounts());
    return new DirectorySource(place, keys, state, host);
  }

  Place.Directory place(String executable, Duration limit) {
    return new Place.Directory(
        candidates.toString(), candidates, executable, null, limit, MOST_BYTES);
  }

  /** A program that tells a version and leaves a mark whenever it is run. */
  Path program(String name, String version) throws IOException {
    return script(candidates.resolve(name), telling(version));
  }

  /** The lines of a script that leaves a mark and tells a version. */
  String telling(String version) {
    return "echo ran >> " + directory.resolve("marks") + "\necho " + version;
  }

  /** How often programs were run that leave a mark. */
  int marks() throws IOException {
    Path marks = directory.resolve("marks");
    return Files.exists(marks) ? Files.readAllLines(marks).size() : 0;
  }

  /** Makes a script, or another one in its place. */
  static Path script(Path file, String lines) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("." + file.getFileName());
    Files.writeString(fresh, "#!/bin/sh\n" + lines + "\n");
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Files.move(
        fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Signs the list of all files of a tree, and says of which tree it is. */
  void signTree(Path tree) throws IOException {
    list(tree);
    signList(tree, "file:" + tree.getFileName() + "/SHA256SUMS");
  }

  void signList(Path tree, String comment) throws IOException {
    alice.sign(tree.resolve("SHA256SUMS"), "-t", comment);
    Files.deleteIfExists(tree.resolve("errors"));
  }

  void list(Path tree) throws IOException {
    Path list = directory.resolve("list");
    Tools.run(
        tree.getParent(),
        "sh",
        "-c",
        "cd "
            + tree.getFileName()
            + " && find . -type f -o -type l | grep -v SHA256SUMS | sort | xargs sha256sum > "
            + list);
    Files.deleteIfExists(tree.resolveSibling("errors"));
    Files.move(list, tree.resolve("SHA256SUMS"));
  }

  void sign(Path program, String... options) throws IOException {
    alice.sign(program, options);
    Files.deleteIfExists(program.resolveSibling("errors"));
  }

  static List<String> versions(DirectorySource source) throws ProblemException {
    return source.candidates().stream().map(it -> it.version().text()).sorted().toList();
  }

  static Candidate only(DirectorySource source) throws ProblemException {
    List<Candidate> candidates = source.candidates();
    assertEquals(1, candidates.size(), () -> candidates + " " + source.refused());
    return candidates.get(0);
  }

  /** Nothing is a candidate, for this reason. */
  static void assertRefused(DirectorySource source, String... reasons) throws ProblemException {
    assertEquals(List.of(), source.candidates());
    assertEquals(List.of(reasons), source.refused());
  }

  static void assertProblem(Problem problem, String message, Executable work) {
    ProblemException refused = assertThrows(ProblemException.class, work::run);
    assertEquals(message, refused.getMessage());
    assertEquals(problem, refused.problem());
  }

  interface Executable {
    void run() throws ProblemException;
  }

  static void fetch(DirectorySource source, Candidate candidate) throws ProblemException {
    source.fetch(candidate, Progress.NONE, new Interruption());
  }

  /** What a release holds: its files with their modes. */
  Map<String, String> exported(DirectorySource source, Candidate candidate) throws Exception {
    parts++;
    Path into = directory.resolve("out-" + parts);
    source.export(candidate, into, Progress.NONE, new Interruption());
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(into)) {
      for (Path path : paths.filter(it -> !it.equals(into)).toList()) {
        String mode =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path)
                : PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        modes.put(into.relativize(path).toString(), mode);
      }
    }
    return modes;
  }

  static void pipe(Path path) throws IOException {
    Tools.run(path.getParent(), "mkfifo", path.toString());
    Files.deleteIfExists(path.resolveSibling("errors"));
  }
}
