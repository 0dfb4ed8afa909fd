package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.spoolway.tests.Json;
import org.spoolway.tests.Program;
import org.spoolway.tests.Readme;
import org.spoolway.tests.Results;
import tools.jackson.databind.JsonNode;

/**
 * A host with the package, the sample's repository and a deployment file, driven as its people do:
 * files are dropped from outside, and results and pages read.
 */
final class NotesHost extends DeployedHost {

  private static final Path SAMPLE = Readme.PROJECT.resolve("samples/deployments/notes-host.toml");
  private static final String DATA = "/opt/notes/shared/data/notes.db";

  private final NotesRepository repository;

  private NotesHost(Container container) {
    super(container, "notes");
    this.repository = new NotesRepository(container.file("/srv/notes"), "1.0.0");
  }

  /** One where nothing is installed yet but the package; 1.0.0 is on offer. */
  static NotesHost prepared(Hosts hosts) {
    Container container = hosts.boot();
    container.installPackage();
    NotesHost host = new NotesHost(container);
    host.writeDeployment();
    return host;
  }

  /** One where 1.0.0 serves, with two notes in it; the sample's later releases are on offer. */
  static NotesHost installed(Hosts hosts) {
    NotesHost host = prepared(hosts);
    host.install().outOfSuccess();
    host.repository.publish("1.2.0");
    host.note("first: of the old time");
    host.note("second: of the old time");
    return host;
  }

  private void writeDeployment() {
    try {
      String text =
          Files.readString(SAMPLE)
              .replace("notes-host", "notes")
              .replace("https://example.org/notes.git", "file:///srv/notes")
              .replace("timeout = \"30s\"", "timeout = \"8s\"");
      write("/root/notes.toml", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NotesRepository repository() {
    return repository;
  }

  /**
   * Kills a command at random instants and prints when.
   *
   * @param earliest seconds from its start
   * @param latest seconds from its start
   * @param commands a command of Spoolway's for each time
   * @return the same, with what was said, to tell a failure by
   */
  String interrupt(double earliest, double latest, List<List<String>> commands) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder log = new StringBuilder("seed " + seed + "\n");
    for (List<String> command : commands) {
      double seconds = earliest + random.nextDouble() * (latest - earliest);
      Stream<String> timeout =
          Stream.of("timeout", "--signal=KILL", Double.toString(seconds), "spoolway");
      Program.Ended ended = container().run(Stream.concat(timeout, command.stream()).toList());
      log.append("after %.2f s: exit %d, %s%n".formatted(seconds, ended.exit(), ended.all()));
    }
    System.out.print(log);
    return log.toString();
  }

  /** Writes a note through the page, as a visitor does. */
  void note(String text) {
    container()
        .run(
            "curl",
            "--fail",
            "--silent",
            "--show-error",
            "--data",
            "text=" + text,
            "http://127.0.0.1:8080/")
        .outOfSuccess();
  }

  /** The sum of what these steps took, in milliseconds. */
  static long millis(JsonNode result, String... steps) {
    long sum = 0;
    for (String step : steps) {
      sum += Results.step(result, step).path("millis").asLong(0);
    }
    return sum;
  }

  /** What the page says of itself. */
  String health() {
    return container()
        .run("curl", "--silent", "--show-error", "http://127.0.0.1:8080/health")
        .outOfSuccess();
  }

  /** That this release is live and healthy, with all of its units running. */
  void assertServes(String version) {
    JsonNode health = Json.parse(health());
    assertEquals("ok", Results.text(health, "status"), health.toString());
    assertEquals(version, Results.text(health, "version"), health.toString());
    assertEquals(version, live());
    assertEquals(
        "active\nactive\n",
        container().run("systemctl", "is-active", "notes.service", "notes-worker.service").out());
    assertEquals(
        false, Files.exists(container().file("/opt/notes/maintenance")), "the page is still shown");
  }

  /** What an installation could change: names, owners, modes, sizes and times. */
  String everything() {
    return container()
        .run(
            "find",
            "/etc",
            "/opt/notes",
            "-path",
            "/opt/notes/shared/data",
            "-prune",
            "-o",
            "-printf",
            "%p %u %g %m %s %T@\\n")
        .outOfSuccess();
  }

  /** All data, as SQL. */
  String data() {
    return container().run("sqlite3", DATA, ".dump").outOfSuccess();
  }

  /** Changes the data, as their owner. */
  void change(String sql) {
    container().as("notes", "sqlite3", DATA, sql).outOfSuccess();
  }

  /** Adds a release that is another one with some files replaced. */
  void offer(String version, String base, Map<String, String> files) {
    repository.release(version, base, files);
  }

  /** A {@code deploy/manage} whose migration runs this, and of which one is always pending. */
  static Map<String, String> migration(String shell) {
    return Map.of(
        "deploy/manage",
        """
        #!/bin/sh
        cd "$(dirname "$0")/.." || exit
        case $1 in
          pending) exit 10 ;;
          *) DB=$SPOOLWAY_SHARED/data/notes.db; %s ;;
        esac
        """
            .formatted(shell));
  }
}
