package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.deployment.Manifest.Difference;
import org.spoolway.deployment.Manifest.Kind;
import org.spoolway.host.Interruption;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** A sealed release is read-only, and any change to it is found. */
class ManifestTest {

  private static final Interruption NEVER = new Interruption();

  @TempDir Path directory;
  private Path release;

  @BeforeEach
  void makeARelease() throws IOException, ProblemException {
    release = Files.createDirectories(directory.resolve("1.0.0"));
    Files.createDirectories(release.resolve("bin/empty"));
    Files.writeString(release.resolve("bin/serve"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        release.resolve("bin/serve"), PosixFilePermissions.fromString("rwxrwxr-x"));
    Files.writeString(release.resolve("empty"), "");
    Files.createSymbolicLink(release.resolve("link"), Path.of("bin/serve"));
    Files.createSymbolicLink(release.resolve("shared"), Path.of("../../shared"));
  }

  private static @Nullable String firstDifference(Path release, Interruption interruption)
      throws IOException, ProblemException {
    List<Difference> all = Manifest.differences(release, interruption);
    return all.isEmpty() ? null : all.get(0).name();
  }

  @AfterEach
  void letTheDirectoryBeRemoved() throws IOException, ProblemException {
    Trees.delete(release);
  }

  @Test
  void aReleaseIsAsItWasSealed() throws IOException, ProblemException {
    assertEquals(4, Manifest.seal(release, null, NEVER));
    assertNull(firstDifference(release, NEVER));
  }

  @Test
  void nothingInASealedReleaseCanBeWritten() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    try (Stream<Path> paths = Files.walk(release)) {
      for (Path path : paths.filter(p -> !Files.isSymbolicLink(p)).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertFalse(mode.contains("w"), path + " " + mode);
      }
    }
    assertTrue(Files.isExecutable(release.resolve("bin/serve")));
  }

  @Test
  void whatALinkLeadsToIsNeitherReadNorChanged() throws IOException, ProblemException {
    Path outside = Files.writeString(directory.resolve("outside"), "theirs");
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-rw-rw-");
    Files.setPosixFilePermissions(outside, mode);
    Files.createSymbolicLink(release.resolve("out"), outside);
    Manifest.seal(release, null, NEVER);
    assertEquals(mode, Files.getPosixFilePermissions(outside));
    Files.writeString(outside, "changed");
    assertNull(firstDifference(release, NEVER));
  }

  @Test
  void aChangedFileIsFound() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Files.writeString(release.resolve("bin/serve"), "#!/bin/bash\n");
    assertEquals("bin/serve", firstDifference(release, NEVER));
  }

  @Test
  void aMissingFileIsFound() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Files.delete(release.resolve("empty"));
    assertEquals("empty", firstDifference(release, NEVER));
  }

  @Test
  void aForeignFileIsFound() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Files.writeString(release.resolve("bin/extra"), "");
    assertEquals("bin/extra", firstDifference(release, NEVER));
  }

  @Test
  void byteCodeThatAnInterpreterPutBesideItsSourceIsNoDifference()
      throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    for (String cache : List.of("__pycache__", "bin/__pycache__")) {
      Files.createDirectory(release.resolve(cache));
      Files.writeString(release.resolve(cache).resolve("serve.cpython-311.pyc"), "code");
    }
    assertNull(firstDifference(release, NEVER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/serve.pyc",
        "__pycache__",
        "__pycache__/sitecustomize.py",
        "__pycache__/x.pyc/y",
        "no__pycache__/x.pyc",
        "__pycache__x/x.pyc"
      })
  void whatOnlyLooksLikeByteCodeIsFound(String name) throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Path foreign = release.resolve(name);
    Files.createDirectories(foreign.getParent());
    Files.writeString(foreign, "");
    assertEquals(name, firstDifference(release, NEVER));
  }

  @Test
  void byteCodeThatWasSealedMustNotChange() throws IOException, ProblemException {
    Path cache = Files.createDirectory(release.resolve("__pycache__"));
    Path code = Files.writeString(cache.resolve("serve.cpython-311.pyc"), "code");
    Manifest.seal(release, null, NEVER);
    open();
    Files.writeString(code, "other code");
    assertEquals("__pycache__/serve.cpython-311.pyc", firstDifference(release, NEVER));
    Files.delete(code);
    assertEquals("__pycache__/serve.cpython-311.pyc", firstDifference(release, NEVER));
  }

  @Test
  void aLinkThatLeadsElsewhereIsFound() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Files.delete(release.resolve("link"));
    Files.createSymbolicLink(release.resolve("link"), Path.of("bin/other"));
    assertEquals("link", firstDifference(release, NEVER));
  }

  @Test
  void aFileThatHoldsTheTargetOfALinkDoesNotPassForTheLink() throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Files.delete(release.resolve("link"));
    Files.writeString(release.resolve("link"), "bin/serve");
    assertEquals("link", firstDifference(release, NEVER));
  }

  @Test
  void allThatDiffersIsTold() throws IOException, ProblemException {
    Files.writeString(release.resolve("one"), "1");
    Manifest.seal(release, null, NEVER);
    open();
    Files.writeString(release.resolve("bin/serve"), "evil");
    Files.delete(release.resolve("empty"));
    Files.writeString(release.resolve("a b"), "added");
    Files.delete(release.resolve("one"));
    Files.createSymbolicLink(release.resolve("one"), Path.of("1"));

    assertEquals(
        List.of(
            new Difference(Kind.ADDED, "a b", release.resolve("a b")),
            new Difference(Kind.CHANGED, "bin/serve", release.resolve("bin/serve")),
            new Difference(Kind.CHANGED, "one", release.resolve("one")),
            new Difference(Kind.MISSING, "empty", release.resolve("empty"))),
        Manifest.differences(release, NEVER));
  }

  @Test
  void linksOfAllKindsAreSealedAndToldApart() throws IOException, ProblemException {
    Path link = release.resolve("odd");
    List<Path> targets =
        Stream.of("/", "/etc", "etc", "./etc", "..", ".", "/..").map(Path::of).toList();
    for (Path sealed : targets) {
      Files.deleteIfExists(ApplicationDir.manifest(release));
      Files.createSymbolicLink(link, sealed);
      Manifest.seal(release, null, NEVER);
      open();
      for (Path found : targets) {
        Files.delete(link);
        Files.createSymbolicLink(link, found);
        assertEquals(found.equals(sealed) ? null : "odd", firstDifference(release, NEVER));
      }
      Files.delete(link);
    }
  }

  @Test
  void aReleaseWithoutManifestCannotBeCompared() {
    assertThrows(NoSuchFileException.class, () -> firstDifference(release, NEVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x\n", "deadbeef  bin/serve\n", "\n\n"})
  void aManifestThatIsNoneIsItselfTheDifference(String content)
      throws IOException, ProblemException {
    Manifest.seal(release, null, NEVER);
    open();
    Path manifest = ApplicationDir.manifest(release);
    Files.delete(manifest);
    Files.writeString(manifest, content);
    List<Difference> found = Manifest.differences(release, NEVER);
    Difference first =
        content.isBlank()
            ? new Difference(Kind.ADDED, "bin/serve", release.resolve("bin/serve"))
            : new Difference(Kind.CHANGED, ".spoolway-manifest", manifest);
    assertEquals(first, found.get(0));
    assertEquals(4, found.stream().filter(d -> d.kind() == Kind.ADDED).count());
  }

  @Test
  void whatIsNoFileIsToldWithAllElse() throws Exception {
    Manifest.seal(release, null, NEVER);
    open();
    SpecialFiles.pipe(release.resolve("bin/pipe"));
    Files.delete(release.resolve("empty"));
    SpecialFiles.pipe(release.resolve("empty"));

    assertEquals(
        List.of(
            new Difference(Kind.ADDED, "bin/pipe", release.resolve("bin/pipe")),
            new Difference(Kind.CHANGED, "empty", release.resolve("empty"))),
        Manifest.differences(release, NEVER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%20b",
        "-n",
        "back%5Cslash",
        "line%0Aend",
        "%0A",
        "carriage%0Dreturn",
        "%0D%0A",
        "%C3%A9",
        "%FF",
        "%80%81",
        "%E2%80%A8",
        "%5Cn",
        "%01%7F",
        "%20",
        "%25",
        "percent%2525"
      })
  void anyNameThatLinuxAllowsIsSealedAndCompared(String encoded)
      throws IOException, ProblemException {
    Path odd = named(encoded);
    Files.writeString(odd, "odd");
    assertEquals(5, Manifest.seal(release, null, NEVER));
    assertNull(firstDifference(release, NEVER));
    open();
    Files.writeString(odd, "even");
    List<Difference> found = Manifest.differences(release, NEVER);
    assertEquals(List.of(odd), found.stream().map(Difference::path).toList());
    assertEquals(Kind.CHANGED, found.get(0).kind());
  }

  @Test
  void namesThatLookAlikeInEveryLocaleAreToldApart() throws IOException, ProblemException {
    List<Path> names =
        List.of(named("%FE"), named("%FF"), named("%C3%A9"), named("%0A"), named("%5Cn"));
    for (Path name : names) {
      Files.writeString(name, "content");
    }
    assertEquals(4 + names.size(), Manifest.seal(release, null, NEVER));
    open();
    for (Path name : names) {
      Files.writeString(name, "changed");
      assertTrue(firstDifference(release, NEVER) != null, () -> name.toUri().toString());
      Files.writeString(name, "content");
    }
    assertNull(firstDifference(release, NEVER));
  }

  @Test
  void sha256sumReadsTheManifestOfFiles()
      throws IOException, ProblemException, InterruptedException {
    Files.delete(release.resolve("link"));
    Files.delete(release.resolve("shared"));
    for (String odd :
        List.of("a%20b", "back%5Cslash", "line%0Aend", "%5Cn", "%C3%A9", "%FF", "-n")) {
      Files.writeString(named(odd), odd);
    }
    Manifest.seal(release, null, NEVER);
    Process check =
        new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", ".spoolway-manifest")
            .directory(release.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, check.waitFor(), told);
  }

  @Test
  void whatIsNeitherFileNorDirectoryNorLinkIsRefused()
      throws IOException, ProblemException, InterruptedException {
    SpecialFiles.pipe(release.resolve("bin/pipe"));
    IOException refused =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> assertThrows(IOException.class, () -> Manifest.seal(release, null, NEVER)));
    assertTrue(refused.getMessage().contains("bin/pipe"), refused::toString);
    assertTrue(refused.getMessage().contains("neither"), refused::toString);
  }

  @Test
  void sealingAndComparingEndSoonAfterTheyWereAskedTo() throws Exception {
    Manifest.seal(release, null, NEVER);
    open();
    // Sparse, and long to hash.
    try (RandomAccessFile large = new RandomAccessFile(release.resolve("large").toFile(), "rw")) {
      large.setLength(1L << 40);
    }
    assertInterrupted(interruption -> firstDifference(release, interruption));
    Files.delete(ApplicationDir.manifest(release));
    assertInterrupted(interruption -> Manifest.seal(release, null, interruption));
    assertFalse(Files.exists(ApplicationDir.manifest(release)));
  }

  @Test
  void nothingIsSealedOnceTheEndWasAskedFor() {
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.SHUTDOWN);
    ProblemException problem =
        assertThrows(ProblemException.class, () -> Manifest.seal(release, null, interruption));
    assertEquals(Problem.INTERRUPTED, problem.problem());
    assertFalse(Files.exists(ApplicationDir.manifest(release)));
  }

  private interface Reading {
    void run(Interruption interruption) throws Exception;
  }

  private static void assertInterrupted(Reading reading) {
    Interruption interruption = new Interruption();
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
        .execute(() -> interruption.request(Interruption.Cause.CANCEL));
    ProblemException problem =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> assertThrows(ProblemException.class, () -> reading.run(interruption)));
    assertEquals(Problem.INTERRUPTED, problem.problem());
  }

  /** A name by its bytes, which a locale cannot change. */
  private Path named(String encoded) {
    return Path.of(URI.create(release.toUri() + encoded));
  }

  /** Lets the test do what the seal forbids. */
  private void open() throws IOException, ProblemException {
    try (Stream<Path> paths = Files.walk(release)) {
      for (Path path : paths.filter(p -> !Files.isSymbolicLink(p)).toList()) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        mode.add(PosixFilePermission.OWNER_WRITE);
        Files.setPosixFilePermissions(path, mode);
      }
    }
  }
}
