package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.spoolway.tests.Json;
import org.spoolway.tests.Program;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/**
 * A host with one deployment below {@code /opt}, driven as its people do: files are dropped from
 * outside, and results read.
 */
abstract class DeployedHost {

  private final Container container;
  private final String name;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * @param name the deployment's name
   */
  DeployedHost(Container container, String name) {
    this.container = container;
    this.name = name;
  }

  private String spool() {
    return "/var/spool/spoolway/" + name;
  }

  private String state() {
    return "/var/lib/spoolway/" + name;
  }

  final Container container() {
    return container;
  }

  /** Runs the command line as root to its end. */
  final Program.Ended spoolway(String... arguments) {
    return container.run(Stream.concat(Stream.of("spoolway"), Stream.of(arguments)).toList());
  }

  /** Installs the deployment whose file lies in root's home. */
  final Program.Ended install() {
    return spoolway("install", "/root/" + name + ".toml");
  }

  /** Drops a request for a release as an operator, and tells its id. */
  final String request(String version) {
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
    Path inbox = container.file(spool() + "/incoming/" + origin);
    String file = System.currentTimeMillis() + "-" + asked.get() + ".json";
    try {
      Path written = Files.writeString(inbox.resolve("." + file), json);
      Files.move(written, inbox.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a release and waits for the end. */
  final JsonNode update(String version) {
    return end("operator", request(version));
  }

  /** Asks to go back to a release and waits for the end. */
  final JsonNode rollback(String version) {
    return end("operator", request("rollback", version));
  }

  /** Stops the runner at a place of the next job; see {@link Standstill#at}. */
  final Standstill standstill(String where) {
    return Standstill.at(container, state(), where);
  }

  /** How a request stands; empty before anything is told. */
  final Optional<JsonNode> result(String origin, String id) {
    try {
      return Json.read(container.file(spool() + "/results/" + origin + "/" + id + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of a request; says how far it came and what the runner said if none came. */
  final JsonNode end(String origin, String id) {
    try {
      return Until.found(
          "an end of " + id,
          () -> result(origin, id).filter(told -> told.path("finishedAt").isString()));
    } catch (ConditionTimeoutException e) {
      String told = result(origin, id).map(JsonNode::toPrettyString).orElse("nothing was told");
      throw new AssertionError(told + "\n" + container.journal("spoolway.service"), e);
    }
  }

  /** Waits until a request is at a step. */
  final void awaitStep(String id, String step) {
    Until.isTrue(
        id + " being at " + step,
        () ->
            result("operator", id)
                .filter(told -> Results.names(told).contains(step))
                .filter(told -> Results.text(Results.step(told, step), "state").equals("running"))
                .isPresent());
  }

  /** That each request has one end, that no job is open, and that no command's unit is left. */
  final void assertNothingLeft() {
    long told =
        names(spool() + "/results/operator").stream().filter(file -> file.startsWith("r")).count();
    assertEquals(asked.get(), told, "results");
    Until.isTrue("no journal being left", () -> names(state() + "/journals").isEmpty());
    assertEquals(false, names(state()).contains("broken.journal"), "an undo has failed");
    assertEquals(
        "",
        container.run("systemctl", "list-units", "--all", "--quiet", "*.command.service").out());
  }

  private List<String> names(String directory) {
    return List.of(Objects.requireNonNull(container.file(directory).toFile().list()));
  }

  /** The live release. */
  final String live() {
    return container
        .run("readlink", "/opt/" + name + "/current")
        .out()
        .strip()
        .replace("releases/", "");
  }

  /** Writes a file of the host's, as its administrator does. */
  final void write(String path, String text) {
    try {
      Files.createDirectories(container.file(path).getParent());
      Files.writeString(container.file(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the deployment's file, which the next runner reads. */
  final void edit(String old, String replacement) {
    String file = "/etc/spoolway/deployments/" + name + ".toml";
    try {
      write(file, Files.readString(container.file(file)).replace(old, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the only request of an origin. */
  final JsonNode onlyResultOf(String origin) {
    return Until.found("one ended request of " + origin, () -> anyEnd(origin));
  }

  private Optional<JsonNode> anyEnd(String origin) throws IOException {
    Optional<Path> only;
    try (Stream<Path> results = Files.list(container.file(spool() + "/results/" + origin))) {
      only = results.filter(file -> file.toString().endsWith(".json")).findFirst();
    }
    return only.isEmpty()
        ? Optional.empty()
        : Json.read(only.get()).filter(told -> told.path("finishedAt").isString());
  }
}
