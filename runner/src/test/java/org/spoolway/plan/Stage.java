package org.spoolway.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.History;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.engine.Plan;
import org.spoolway.host.Commands;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalEntry;
import org.spoolway.journal.SampleEntries;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result;
import org.spoolway.schema.Version;
import org.spoolway.spool.QueuedJob;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;
import org.spoolway.worker.HistoryEntries;
import org.spoolway.worker.ResultReport;

/**
 * One deployment on a disk of its own, with a pretended outside. Outlives the runners that work on
 * it; each life of one gets steps of its own.
 */
final class Stage {

  static final Version OLD = new Version("1.0.0");
  static final Version NEW = new Version("1.1.0");

  private final Path directory;
  private final Outside outside;
  private Deployment deployment;
  private int pending = 10;
  private long sequence;
  private Duration later = Duration.ZERO;

  private Stage(Path directory) {
    this.directory = directory;
    this.outside = new Outside(directory.resolve("host"), this::view);
    this.deployment = Deployments.notes(directory.resolve("notes"));
  }

  /** A host with nothing installed; 1.0.0 is on offer. */
  static Stage empty(Path directory) throws IOException {
    Stage stage = new Stage(directory);
    Files.createDirectories(directory.resolve("state"));
    Files.createDirectories(directory.resolve("notes/shared"));
    Files.writeString(directory.resolve("notes/shared/.env"), "SECRET=1");
    stage.outside.commands.on("build", stage::build).on("migrate", stage::migrate);
    stage.outside.commands.on("pending", (c, o, i) -> new Commands.Exit.Status(stage.pending));
    stage.offer(OLD);
    return stage;
  }

  /** A host where 1.0.0 serves, with data written by users since; 1.1.0 is on offer too. */
  static Stage installed(Path directory) throws IOException {
    Stage stage = empty(directory);
    stage.mustSucceed(Request.of(Action.UPDATE, null));
    stage.outside.database.write("notes of users");
    stage.offer(NEW);
    stage.outside.forget();
    return stage;
  }

  Outside outside() {
    return outside;
  }

  /** Changes what the deployment's file says. */
  void configure(UnaryOperator<Deployment> change) {
    deployment = change.apply(deployment);
  }

  /** Has the wall clock show, for steps, so much more than the journals say. */
  void laterBy(Duration time) {
    later = time.minusSeconds(sequence);
  }

  /** Has releases say that no migration is pending. */
  void nothingPending() {
    pending = 0;
  }

  void offer(Version version) {
    offer(version, Map.of());
  }

  /** Offers a release with more in it than any has. */
  void offer(Version version, Map<String, String> more) {
    Map<String, String> files = new HashMap<>(more);
    files.put("bin/serve", "serve " + version);
    files.put("media/.gitkeep", "");
    outside.sources.publish(version.text(), files, "Notes of " + version);
  }

  /** Offers a release that says its migrations only add. */
  void offerExpanding(Version version) {
    String declaration = "{ \"schema\": \"spoolway/release/v1\", \"migrations\": \"expand\" }";
    offer(version, Map.of("release.json", declaration));
  }

  Site site() {
    StateDir state = new StateDir(directory.resolve("state"));
    Clock clock = Clock.fixed(SampleEntries.AT.plusSeconds(sequence).plus(later), ZoneOffset.UTC);
    return new Site(deployment, spool(), state, outside.ports(deployment), clock);
  }

  private SpoolDir spool() {
    return new SpoolDir(directory.resolve("spool"));
  }

  /** A job that was just accepted. */
  Lives accept(Request request) throws IOException {
    return accept(request, "operator", plan -> plan);
  }

  /** A job that was just accepted, with a plan that a test has tampered with. */
  Lives accept(Request request, String origin, UnaryOperator<Plan> tampering) throws IOException {
    JournalEntry.Accepted accepted = SampleEntries.from(origin);
    Path journal = directory.resolve("journal-" + ++sequence);
    return Lives.of(
            journal,
            accepted,
            request,
            () -> tampering.apply(new Planner(new Steps(site())).plan(request.action())))
        .inPlace(sequence)
        .knowing(() -> site().known());
  }

  /** Carries a request out and writes it down as the worker does. */
  Ending run(Request request) throws IOException {
    Lives lives = accept(request);
    lives.toTheEnd();
    return remember(request, lives);
  }

  /** The same, told as the worker tells it. */
  Result result(Request request) throws IOException {
    Lives lives = accept(request);
    lives.toTheEnd();
    remember(request, lives);
    return report(request, lives);
  }

  void mustSucceed(Request request) throws IOException {
    Ending ending = run(request);
    if (ending.outcome() != Outcome.SUCCEEDED) {
      throw new AssertionError(request.action() + " ended as " + ending);
    }
  }

  /** Writes a job down that has come to its end. */
  Ending remember(Request request, Lives lives) throws IOException {
    Optional<History.Entry> entry =
        HistoryEntries.of(request, lives.progress(), report(request, lives));
    if (entry.isPresent()) {
      site().history().add(entry.get());
    }
    return lives.ending();
  }

  static Result report(Request request, Lives lives) throws IOException {
    JobProgress progress = lives.progress();
    QueuedJob job = new QueuedJob("ticket", progress.accepted(), request);
    return ResultReport.of("notes", job, progress, null, null, null);
  }

  /** All that must be as before after a job that went back. */
  Picture picture() throws IOException {
    return Picture.of(site(), outside);
  }

  private String view() {
    try {
      String live = site().current().version().map(Version::text).orElse("none");
      return live + (Files.exists(site().application().maintenance()) ? ", page" : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Commands.Exit build(Commands.Command command, Object output, Object interruption) {
    try {
      Files.writeString(command.directory().resolve("built"), "by " + command.display());
      return new Commands.Exit.Status(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Commands.Exit migrate(Commands.Command command, Object output, Object interruption) {
    String before = outside.database.content();
    String version = command.environment().get("SPOOLWAY_VERSION");
    outside.database.write((before == null ? "" : before + ", ") + "schema of " + version);
    return new Commands.Exit.Status(0);
  }
}
