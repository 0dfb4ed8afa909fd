package org.spoolway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Failure;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/** A home directory with deployments, and what a runner would have told of them. */
final class Home {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Clock AT_NOON = Clock.fixed(NOON, ZoneOffset.UTC);
  static final String NOTES = "notes";
  static final Status.Runner DEAD_RUNNER = new Status.Runner(1L << 40, NOON, "0.1.0", null);

  /** No operator among those who may ask. */
  static final String TWO_ORIGINS =
      """
      [origins.web]
      owners = ["ada"]
      actions = ["*"]
      [origins.cron]
      owners = ["ada"]
      actions = ["check"]
      """;

  final Path path;
  final SpoolLayout layout;
  final FakeMachine machine;

  Home(Path path) throws IOException {
    this.path = path;
    this.layout = SpoolLayout.home(path);
    this.machine = new FakeMachine(path);
    machine.environment.put("SPOOLWAY_HOME", path.toString());
  }

  /** A home with the deployment {@code notes}, which offers 1.0.0 and 1.1.0. */
  static Home withNotes(Path path) throws IOException {
    Home home = new Home(path);
    home.deployment(NOTES, "");
    home.machine.sources.publish("1.0.0", Map.of("app", "one"), "The first");
    home.machine.sources.publish("1.1.0", Map.of("app", "two"), "The second");
    return home;
  }

  /** Describes a deployment; what is given is added to the least that one needs. */
  void deployment(String name, String more) throws IOException {
    Files.createDirectories(layout.deployments());
    String toml =
        """
        name = "%s"
        root = "%s"
        [source]
        type = "git"
        url = "file:///nowhere"
        """
            .formatted(name, path.resolve("roots").resolve(name));
    Files.writeString(layout.deploymentFile(name), toml + more);
  }

  FakeMachine.Ran run(String... args) {
    return machine.run(args);
  }

  SpoolDir spool() {
    return layout.spool(NOTES);
  }

  StateDir state() {
    return layout.state(NOTES);
  }

  /** Carries out all that waits. */
  void drain() throws IOException {
    int code = machine.beside().run("run", "--drain").code();
    if (code != 0) {
      throw new AssertionError("the runner ended with " + code);
    }
  }

  /** Writes a result as a runner would. */
  void tell(Result result) throws IOException {
    Path file = layout.spool(result.deployment()).result(result.origin(), result.id().value());
    Files.createDirectories(file.getParent());
    Files.write(file, SchemaJson.pretty(result));
  }

  /** Writes a log as a runner would. */
  Path log(Result result, String text) throws IOException {
    Path file = layout.spool(result.deployment()).log(result.origin(), result.id().value());
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a status as a runner would. */
  void tell(Status status) throws IOException {
    Path file = layout.spool(status.deployment()).status();
    Files.createDirectories(file.getParent());
    Files.write(file, SchemaJson.pretty(status));
    giveSign(status, NOON);
  }

  /** Has the runner that told a status give its last sign of life at a time. */
  void giveSign(Status status, Instant at) throws IOException {
    Files.setLastModifiedTime(layout.spool(status.deployment()).status(), FileTime.from(at));
  }

  /** A result of the operator's update from 1.0.0 to 1.1.0, asked for ten minutes before noon. */
  static Result update(String id, Outcome state, @Nullable Failure error, Result.Step... steps) {
    return result(id, "operator", Action.UPDATE, state, error, steps);
  }

  static Result result(
      String id,
      String origin,
      Action action,
      Outcome state,
      @Nullable Failure error,
      Result.Step... steps) {
    Instant asked = NOON.minusSeconds(600);
    return new Result(
        Result.SCHEMA,
        new RequestId(id),
        origin,
        NOTES,
        action,
        state,
        new Version("1.0.0"),
        new Version("1.1.0"),
        false,
        "ada",
        new Result.Owner(1000, "ada"),
        "because",
        1,
        7L,
        new Result.Order(asked, "1795255200-" + id + ".json"),
        null,
        null,
        null,
        asked,
        asked,
        null,
        state.isTerminal() ? asked.plusSeconds(12) : null,
        state.isTerminal() ? 812L : null,
        List.of(steps),
        List.of(),
        error,
        null,
        null);
  }

  /** A step that began ten minutes before noon and took a second and a half. */
  static Result.Step step(String name, String state, @Nullable String detail) {
    Instant began = NOON.minusSeconds(600);
    return new Result.Step(name, state, "why " + name, began, 1500L, null, detail);
  }
}
