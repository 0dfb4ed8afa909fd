package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.spoolway.tests.Json;
import org.spoolway.tests.Program;
import org.spoolway.tests.Readme;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/**
 * A host with the package, the sample's repository and a deployment file, driven as its people do:
 * files are dropped from outside, and results and pages read.
 */
final class NotesHost {

  private static final Path SAMPLE = Readme.PROJECT.resolve("samples/deployments/notes-host.toml");
  private static final String SPOOL = "/var/spool/spoolway/notes";
  private static final String STATE = "/var/lib/spoolway/notes";
  private static final String DATA = "/opt/notes/shared/data/notes.db";

  private final Container container;
  private final NotesRepository repository;
  private final AtomicInteger asked = new AtomicInteger();

  private NotesHost(Container container) {
    this.container = container;
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
      Files.writeString(container.file("/root/notes.toml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Container container() {
    return container;
  }

  NotesRepository repository() {
    return repository;
  }

  Program.Ended install() {
    return container.run("spoolway", "install", "/root/notes.toml");
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
      Program.Ended ended = container.run(Stream.concat(timeout, command.stream()).toList());
      log.append("after %.2f s: exit %d, %s%n".formatted(seconds, ended.exit(), ended.all()));
    }
    System.out.print(log);
    return log.toString();
  }

  /** Writes a note through the page, as a visitor does. */
  void note(String text) {
    container
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

  /** Drops a request for a release as an operator, and tells its id. */
  String request(String version) {
    return request("update", version);
  }

  private String request(String action, String version) {
    String id = "r" + asked.incrementAndGet() + "-" + version.replace('.', '-');
    drop(
        "operator",
        """
        { "action": "%s", "id": "%s", "params": { "version": "%s" } }
        """
            .formatted(action, id, version));
    return id;
  }

  /** Drops a document under a dot name and renames it, owned by root. */
  private void drop(String origin, String json) {
    Path inbox = container.file(SPOOL + "/incoming/" + origin);
    String name = System.currentTimeMillis() + "-" + asked.get() + ".json";
    try {
      Path written = Files.writeString(inbox.resolve("." + name), json);
      Files.move(written, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a release and waits for the end. */
  JsonNode update(String version) {
    return end("operator", request(version));
  }

  /** Asks to go back to a release and waits for the end. */
  JsonNode rollback(String version) {
    return end("operator", request("rollback", version));
  }

  /** The sum of what these steps took, in milliseconds. */
  static long millis(JsonNode result, String... steps) {
    long sum = 0;
    for (String step : steps) {
      sum += Results.step(result, step).path("millis").asLong(0);
    }
    return sum;
  }

  /** How a request stands; empty before anything is told. */
  Optional<JsonNode> result(String origin, String id) {
    try {
      return Json.read(container.file(SPOOL + "/results/" + origin + "/" + id + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of a request. */
  JsonNode end(String origin, String id) {
    return Until.found(
        "an end of " + id,
        () -> result(origin, id).filter(told -> told.path("finishedAt").isString()));
  }

  /** Waits until a request is at a step. */
  void awaitStep(String id, String step) {
    Until.isTrue(
        id + " being at " + step,
        () ->
            result("operator", id)
                .filter(told -> Results.names(told).contains(step))
                .filter(told -> Results.text(Results.step(told, step), "state").equals("running"))
                .isPresent());
  }

  /** What the page says of itself. */
  String health() {
    return container
        .run("curl", "--silent", "--show-error", "http://127.0.0.1:8080/health")
        .outOfSuccess();
  }

  /** That this release is live and healthy, with all of its units running. */
  void assertServes(String version) {
    JsonNode health = Json.parse(health());
    assertEquals("ok", Results.text(health, "status"), health.toString());
    assertEquals(version, Results.text(health, "version"), health.toString());
    assertEquals(
        "releases/" + version, container.run("readlink", "/opt/notes/current").out().strip());
    assertEquals(
        "active\nactive\n",
        container.run("systemctl", "is-active", "notes.service", "notes-worker.service").out());
    assertEquals(
        false, Files.exists(container.file("/opt/notes/maintenance")), "the page is still shown");
  }

  /** That each request has one end, that no job is open, and that no command's unit is left. */
  void assertNothingLeft() {
    long told =
        names(SPOOL + "/results/operator").stream().filter(name -> name.startsWith("r")).count();
    assertEquals(asked.get(), told, "results");
    Until.isTrue("no journal being left", () -> names(STATE + "/journals").isEmpty());
    assertEquals(false, names(STATE).contains("broken.journal"), "an undo has failed");
    assertEquals(
        "",
        container.run("systemctl", "list-units", "--all", "--quiet", "*.command.service").out());
  }

  private List<String> names(String directory) {
    return List.of(Objects.requireNonNull(container.file(directory).toFile().list()));
  }

  /** What an installation could change: names, owners, modes, sizes and times. */
  String everything() {
    return container
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
    return container.run("sqlite3", DATA, ".dump").outOfSuccess();
  }

  /** Changes the data, as their owner. */
  void change(String sql) {
    container.as("notes", "sqlite3", DATA, sql).outOfSuccess();
  }

  /** The live release. */
  String live() {
    return container.run("readlink", "/opt/notes/current").out().strip().replace("releases/", "");
  }

  /** Writes a file of the host's, as its administrator does. */
  void write(String path, String text) {
    try {
      Files.createDirectories(container.file(path).getParent());
      Files.writeString(container.file(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the deployment's file, which the next runner reads. */
  void edit(String old, String replacement) {
    String file = "/etc/spoolway/deployments/notes.toml";
    try {
      write(file, Files.readString(container.file(file)).replace(old, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the only request of an origin. */
  JsonNode onlyResultOf(String origin) {
    return Until.found("one ended request of " + origin, () -> anyEnd(origin));
  }

  private Optional<JsonNode> anyEnd(String origin) throws IOException {
    Optional<Path> only;
    try (Stream<Path> results = Files.list(container.file(SPOOL + "/results/" + origin))) {
      only = results.filter(file -> file.toString().endsWith(".json")).findFirst();
    }
    return only.isEmpty()
        ? Optional.empty()
        : Json.read(only.get()).filter(told -> told.path("finishedAt").isString());
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
