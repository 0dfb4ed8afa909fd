package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.hostfile.FileChange;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.hostfile.HostFileStore;
import org.spoolway.hostfile.InstalledHostFiles;
import org.spoolway.layout.HostDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;

/** What a release ships for systemd and the proxy goes and comes back with it. */
class ConfigureTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Version TWO = new Version("1.1.0");
  private static final String UNIT = "[Service]\nUser=@USER@\nExecStart=@CURRENT@/bin/serve %s\n";

  private static final Request LOOK =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  @TempDir Path directory;
  private Stage stage;
  private HostDir host;

  @BeforeEach
  void install() throws IOException {
    stage = Stage.empty(directory);
    host = stage.outside().configuration.directories();
    stage.configure(d -> Deployments.onAHost(d, "notes.service"));
    stage.offer(ONE, shipped("one"));
    stage.mustSucceed(update());
  }

  private static Request update() {
    return Request.of(Action.UPDATE, null);
  }

  private static Map<String, String> shipped(String what) {
    return Map.of(
        "deploy/notes.service",
        UNIT.formatted(what),
        "deploy/proxy.caddy",
        "@DOMAIN@ {\n  import @MAINTENANCE@\n  respond " + what + "\n}\n",
        "deploy/README.md",
        "What is in here.");
  }

  @Test
  void theFirstReleaseBringsItsFilesAndItsUnitsAreEnabled() throws IOException {
    assertEquals(
        "[Service]\nUser=notes\nExecStart=" + directory + "/notes/current/bin/serve one\n",
        Files.readString(host.unit("notes.service")));
    assertEquals(
        "notes.example.org {\n  import " + host.caddyMaintenance("notes") + "\n  respond one\n}\n",
        Files.readString(host.caddy("notes")));
    String maintenance = Files.readString(host.caddyMaintenance("notes"));
    assertTrue(maintenance.contains("\troot \"" + directory + "/notes\"\n"), maintenance);
    assertTrue(
        Files.readString(host.dropIn("notes.service")).contains("After=spoolway-recover.service"));
    assertEquals(
        List.of("reload [SYSTEMD, CADDY]", "enable [notes.service]"),
        stage.outside().configuration.calls());
  }

  /** A proxy that starts in between finds nothing that it would have to import and cannot. */
  @Test
  void whatASiteImportsComesBeforeItAndGoesAfterIt() throws Exception {
    Stage fresh = Stage.empty(directory.resolve("fresh"));
    fresh.configure(d -> Deployments.onAHost(d, "notes.service"));
    fresh.offer(ONE, shipped("one"));
    assertEquals(
        "notes.maintenance new, notes.service new, notes.caddy new, notes.service.d/50-spoolway.conf new",
        step(fresh.result(LOOK)).why());

    List<String> removed =
        new HostFileStore(stage.site().state())
            .changes(List.of()).stream().map(FileChange::summary).toList();
    assertEquals(
        List.of(
            "notes.service.d/50-spoolway.conf removed",
            "notes.caddy removed",
            "notes.service removed",
            "notes.maintenance removed"),
        removed);
  }

  @Test
  void whatDoesNotDifferIsLeftAlone() throws IOException {
    stage.offer(TWO, shipped("one"));
    Result result = stage.result(update());
    assertEquals("skipped", step(result).state());
  }

  @Test
  void aPlanShowsTheDifferenceBeforeTheReleaseIsHere() throws IOException {
    stage.offer(TWO, shipped("two"));
    Map<String, String> before = files();
    Result planned = stage.result(LOOK);
    assertEquals(Outcome.PLANNED, planned.state());
    assertEquals("notes.service changed, notes.caddy changed", step(planned).why());
    String diff = String.valueOf(step(planned).detail());
    assertTrue(diff.contains("\n-ExecStart=" + directory + "/notes/current/bin/serve one\n"), diff);
    assertTrue(diff.contains("\n+  respond two\n"), diff);
    assertEquals(before, files());
  }

  @Test
  void whatAReleaseDoesNotShipAnyMoreGoes() throws IOException {
    stage.offer(TWO, Map.of("deploy/notes.service", UNIT.formatted("one")));
    stage.mustSucceed(update());
    assertFalse(Files.exists(host.caddy("notes")));
  }

  @Test
  void aReleaseThatIsNotHealthyTakesItsFilesWithIt() throws IOException {
    Map<String, String> before = files();
    stage.offer(TWO, shipped("two"));
    stage.outside().sick.add(TWO);
    stage.outside().configuration.forget();
    Result result = stage.result(update());
    assertEquals(Outcome.ROLLED_BACK, result.state());
    assertEquals(before, files());
    assertEquals(
        List.of("reload [SYSTEMD, CADDY]", "reload [SYSTEMD, CADDY]"),
        stage.outside().configuration.calls());
  }

  @Test
  void filesThatTheirReaderDoesNotUnderstandArePutBack() throws IOException {
    Map<String, String> before = files();
    stage.offer(TWO, shipped("two"));
    stage.outside().configuration.puzzle(Reader.CADDY);
    Result result = stage.result(update());
    stage.outside().configuration.puzzle(null);
    assertEquals("configure", result.error().step());
    assertEquals(before, files());
  }

  @Test
  void aFirstReleaseThatFailsLeavesNothing() throws IOException {
    Stage fresh = Stage.empty(directory.resolve("fresh"));
    fresh.configure(d -> Deployments.onAHost(d, "notes.service"));
    fresh.offer(ONE, shipped("one"));
    fresh.outside().sick.add(ONE);
    fresh.run(update());
    HostDir there = fresh.outside().configuration.directories();
    assertFalse(Files.exists(there.unit("notes.service")));
    assertFalse(Files.exists(there.dropIn("notes.service")));
    assertTrue(fresh.outside().configuration.calls().contains("disable [notes.service]"));
  }

  @Test
  void aUnitThatWouldRunAsRootIsRefusedBeforeAnythingHappens() throws IOException {
    stage.offer(TWO, Map.of("deploy/notes.service", "[Service]\nExecStart=/bin/sh\n"));
    Result result = stage.result(update());
    assertEquals(Outcome.FAILED, result.state());
    assertEquals("HOST_FILE_REFUSED", result.error().code());
    assertEquals("cannot use notes.service: it would run as root", result.error().message());
  }

  @Test
  void settingsThatTheApplicationCouldExchangeAreNotReadByRoot() throws IOException {
    Path shared = Files.createDirectories(stage.site().application().shared());
    String unit = UNIT.formatted("two") + "EnvironmentFile=" + shared + "/.env\n";
    stage.offer(TWO, Map.of("deploy/notes.service", unit));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    Result result = stage.result(update());
    assertEquals("UNSAFE_PATH", result.error().code());
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    stage.mustSucceed(update());
  }

  @Test
  void aReleaseCannotRunAsThoseWhoLookAfterTheHost() throws IOException {
    stage.configure(d -> Deployments.operatedBy(d, "ada"));
    stage.offer(TWO, Map.of("deploy/notes.service", "[Service]\nUser=ada\nExecStart=/bin/true\n"));
    Result result = stage.result(update());
    assertEquals("HOST_FILE_REFUSED", result.error().code());
  }

  @Test
  void aFileThatCouldNotBePutBackAsItIsIsNotReplaced() throws IOException {
    byte[] foreign = {'#', ' ', (byte) 0xe9, '\n'};
    Files.write(host.unit("notes.service"), foreign);
    stage.offer(TWO, shipped("two"));
    Result result = stage.result(update());
    assertEquals("HOST_FILE_REFUSED", result.error().code());
    assertArrayEquals(foreign, Files.readAllBytes(host.unit("notes.service")));
  }

  @Test
  void goingBackPutsTheOldFilesBack() throws IOException {
    Map<String, String> before = files();
    stage.offer(TWO, shipped("two"));
    stage.mustSucceed(update());
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    assertEquals(before, files());
  }

  /** As after {@code uninstall}, which keeps the release, and a new {@code install}. */
  @Test
  void aRestartBringsBackWhatWasTakenOffTheHost() throws Exception {
    Map<String, String> before = files();
    new InstalledHostFiles(stage.site().state(), stage.outside().configuration).remove();
    assertEquals(Map.of(), files());
    stage.outside().configuration.forget();
    stage.mustSucceed(Request.of(Action.RESTART, null));
    assertEquals(before, files());
    assertEquals(
        List.of("reload [SYSTEMD, CADDY]", "enable [notes.service]"),
        stage.outside().configuration.calls());
  }

  @Test
  void aRestartLeavesAloneWhatIsThere() throws IOException {
    Files.writeString(host.unit("notes.service"), "[Service]\n# by hand\n");
    Map<String, String> before = files();
    stage.mustSucceed(Request.of(Action.RESTART, null));
    assertEquals(before, files());
  }

  private static Result.Step step(Result result) {
    return result.steps().stream()
        .filter(step -> step.name().equals("configure"))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> files() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(host.etc())) {
      walk.filter(Files::isRegularFile).forEach(paths::add);
    }
    Map<String, String> files = new TreeMap<>();
    for (Path path : paths) {
      files.put(path.toString(), Files.readString(path));
    }
    return files;
  }
}
