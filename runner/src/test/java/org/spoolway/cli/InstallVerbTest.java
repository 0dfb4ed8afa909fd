package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallVerbTest {

  private static final String ENVIRONMENT = "[install]\nenvironment = \"KEY=@SECRET@\\n\"\n";

  @TempDir private Path directory;
  private Home home;
  private Path file;

  /** The file lies where its author wrote it, and nothing is installed. */
  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(Files.createDirectory(directory.resolve("home")));
    home.deployment("notes", ENVIRONMENT);
    file = directory.resolve("notes.toml");
    Files.move(home.layout.deploymentFile("notes"), file);
  }

  private Path env() {
    return home.path.resolve("roots/notes/shared/.env");
  }

  private FakeMachine.Ran install(String... more) {
    String[] words =
        Stream.concat(Stream.of("install", file.toString()), Stream.of(more))
            .toArray(String[]::new);
    return home.run(words);
  }

  /** As a person does it: the runner is started when the file has come. */
  private FakeMachine.Ran installed(String... more) throws Exception {
    CompletableFuture<FakeMachine.Ran> installing =
        CompletableFuture.supplyAsync(() -> install(more));
    Path inbox = home.spool().inbox("operator");
    org.awaitility.Awaitility.await()
        .until(() -> Files.isDirectory(inbox) && Files.exists(home.layout.deploymentFile("notes")));
    try (Serving serving = new Serving(home)) {
      assertTrue(serving.lives());
      return installing.get(20, TimeUnit.SECONDS);
    }
  }

  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(home.path)) {
      for (Path path : paths.toList()) {
        tree.put(path.toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
      }
    }
    return tree;
  }

  @Test
  void aDryRunSaysWhatIsMissingAndChangesNothing() throws Exception {
    Map<String, String> before = tree();
    FakeMachine.Ran ran = install("--dry-run");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertTrue(ran.out().contains("would make the directory "), ran.out()),
        () -> assertTrue(ran.out().contains("would write " + env() + " with new"), ran.out()),
        () -> assertTrue(ran.out().endsWith("would install the newest release\n"), ran.out()),
        () -> assertEquals(before, tree()));
  }

  @Test
  void aDryRunTellsProgramsInOneDocument() {
    String json = install("--dry-run", "--json").out();
    assertTrue(json.startsWith("{\n") && json.endsWith("}\n"), json);
    assertTrue(json.contains("\"deployment\" : \"notes\""), json);
    assertTrue(json.contains("\"live\" : null"), json);
  }

  @Test
  void anInstallEndsWithTheFirstReleaseAndASecondOneChangesNothing() throws Exception {
    FakeMachine.Ran first = installed();
    assertAll(
        () -> assertEquals(0, first.code(), first.err()),
        () -> assertTrue(first.out().contains("done: write " + env()), first.out()),
        () -> assertTrue(first.out().lines().noneMatch(l -> l.startsWith("would")), first.out()));
    Map<String, String> before = tree();
    FakeMachine.Ran second = install();
    assertAll(
        () ->
            assertEquals(
                new FakeMachine.Ran(0, "notes is installed, at 1.1.0; nothing is missing\n", ""),
                second),
        () -> assertEquals(before, tree()));
  }

  @Test
  void programsGetOneDocumentWhenAReleaseIsInstalledToo() throws Exception {
    String json = installed("--json").out();
    List<String> tops = json.lines().filter(line -> line.equals("{") || line.equals("}")).toList();
    assertEquals(List.of("{", "}"), tops, json);
    assertTrue(json.contains("\"state\" : \"succeeded\""), json);
  }

  @Test
  void whatIsMissingIsBroughtAndTheReleaseStays() throws Exception {
    installed();
    String secrets = Files.readString(env());
    Path snapshots = home.path.resolve("roots/notes/snapshots");
    Files.delete(snapshots);
    FakeMachine.Ran again = install();
    assertAll(
        () -> assertTrue(again.out().contains("done: make the directory " + snapshots)),
        () -> assertTrue(Files.isDirectory(snapshots)),
        () -> assertEquals(secrets, Files.readString(env())));
  }

  @Test
  void nothingIsInstalledBelowADirectoryThatOthersCanWrite() throws Exception {
    Path roots = Files.createDirectory(home.path.resolve("roots"));
    Files.setPosixFilePermissions(roots, PosixFilePermissions.fromString("rwxrwxrwx"));
    FakeMachine.Ran ran = install();
    assertAll(
        () -> assertEquals(ExitCode.USAGE.code(), ran.code()),
        () -> assertTrue(ran.err().contains(": others can write " + roots + "\n"), ran.err()),
        () -> assertFalse(Files.exists(home.layout.deploymentFile("notes"))));
  }

  @Test
  void aFileThatIsWrongIsNotInstalled() throws Exception {
    Files.writeString(file, Files.readString(file) + "[biuld]\n");
    Map<String, String> before = tree();
    FakeMachine.Ran ran = install();
    assertEquals(ExitCode.USAGE.code(), ran.code());
    assertTrue(ran.err().startsWith("spoolway: cannot read " + file), ran.err());
    assertEquals(before, tree());
  }

  /** Else it would mix with them, and {@code uninstall --delete-data} would take them away. */
  @Test
  void aDirectoryOfOtherFilesIsNotTakenForARoot() throws Exception {
    Path root = Files.createDirectories(home.path.resolve("roots/notes/lost+found"));
    assertEquals(0, install("--dry-run").code());
    Path other = Files.writeString(root.resolveSibling("app.py"), "serve()");
    FakeMachine.Ran ran = install("--dry-run");
    assertAll(
        () -> assertEquals(1, ran.code(), ran.out()),
        () -> assertTrue(ran.err().contains("it holds other files, such as app.py"), ran.err()),
        () -> assertTrue(ran.err().contains("spoolway migrate-layout FILE.toml"), ran.err()),
        () -> assertTrue(Files.exists(other)));
    Files.createDirectory(root.resolveSibling("shared"));
    assertEquals(0, install("--dry-run").code());
  }

  /** It may ship something later, and until then there is nothing to bring. */
  @Test
  void aReleaseWithNothingOutsideIsNotRestarted() throws Exception {
    FakeMachine.Ran ran = installedAgain("[deploy]\n");
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () -> assertFalse(ran.out().contains("restart"), ran.out()));
  }

  /** Units would not wait for a recovery, and the proxy could not show the page. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[service]\ntype = \"systemd\"\nunits = [\"notes.service\"]\n",
        "[deploy]\nproxy = \"caddy\"\n"
      })
  void aReleaseThatLacksWhatMustLieOutsideIsRestarted(String needs) throws Exception {
    FakeMachine.Ran ran = installedAgain(needs);
    assertAll(
        () -> assertEquals(0, ran.code(), ran.err()),
        () ->
            assertTrue(
                ran.out().endsWith("would restart 1.0.0 with its files in place\n"), ran.out()));
  }

  /** What a dry run says of a release that is live, with nothing of it outside. */
  private FakeMachine.Ran installedAgain(String more) throws IOException {
    home.deployment("notes", ENVIRONMENT + more);
    Files.move(home.layout.deploymentFile("notes"), file, StandardCopyOption.REPLACE_EXISTING);
    Path release = Files.createDirectories(home.path.resolve("roots/notes/releases/1.0.0"));
    Files.createSymbolicLink(
        release.resolveSibling("../current").normalize(), Path.of("releases/1.0.0"));
    Files.createDirectories(home.layout.state("notes").path());
    return install("--dry-run");
  }

  /** Taking this one off would stop the other. */
  @Test
  void aUnitOfAnotherDeploymentIsNotTaken() throws Exception {
    String units = "[service]\ntype = \"systemd\"\nunits = [\"apple.service\"]\n";
    home.deployment("apple", units);
    Files.writeString(file, Files.readString(file) + units);
    FakeMachine.Ran ran = install("--dry-run");
    assertEquals(ExitCode.USAGE.code(), ran.code(), ran.out());
    assertTrue(ran.err().contains("its unit apple.service is also that of "), ran.err());
  }

  @Test
  void aRootOfAnotherDeploymentIsNotTaken() throws Exception {
    home.deployment("apple", "");
    Files.writeString(file, Files.readString(file).replace("roots/notes", "roots/apple"));
    assertTrue(install().err().contains("is also that of "));
  }
}
