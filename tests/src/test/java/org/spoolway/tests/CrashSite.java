package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A host whose runner is killed again and again, while the application goes from version to
 * version. Each version's migration adds a row, so that the data tell through which versions they
 * have been.
 */
final class CrashSite implements AutoCloseable {

  private static final int VERSIONS = 200;
  private static final int KILLED = 128 + 9;

  /** By hand, since a sequence goes on at some later number once its server was killed. */
  private static final String MIGRATION =
      "echo \"INSERT INTO notes (id, text) SELECT max(id) + 1, 'through $SPOOLWAY_VERSION' FROM notes\""
          + " | ./sql";

  private final Home home = new Home();
  private final SampleApplication application;
  private final Spool spool;
  private Runner runner;
  private int versions;

  /**
   * Installs the first version of an application whose data are in a file.
   *
   * @param next makes all later versions of a good one
   */
  CrashSite(UnaryOperator<Release> next) {
    this(next, home -> new SampleApplication(home, "app"));
  }

  /** The same, of one whose data are somewhere. */
  CrashSite(UnaryOperator<Release> next, ApplicationData data) {
    this(next, home -> new SampleApplication(home, "app", data));
  }

  private CrashSite(UnaryOperator<Release> next, Function<Home, SampleApplication> made) {
    home.open();
    application = made.apply(home);
    application
        .file()
        .set("keep", "releases", "2")
        .set("keep", "snapshots", "1")
        .set("keep", "days", "0");
    application.file().set("migrate", "pending", "[]");
    application.release("1.0.0", application.data().release());
    application.release("1.0.1", next.apply(application.data().release().migrate(MIGRATION)));
    tagAllVersions();
    application.write();
    start();
    home.awaitServing(runner);
    spool = home.spool("app");
    assertEquals("succeeded", Results.text(spool.ask("update@1.0.0"), "state"));
  }

  /** Many versions of one commit: the application takes its version from where it is installed. */
  private void tagAllVersions() {
    String commit = application.repository().git("rev-parse", "HEAD");
    String script =
        "for i in $(seq 2 %d); do echo \"create refs/tags/v1.0.$i %s\"; done | git update-ref --stdin"
            .formatted(VERSIONS, commit);
    Program.output(application.repository().gitDirectory(), "sh", "-c", script);
  }

  @Override
  public void close() {
    home.close();
  }

  Home home() {
    return home;
  }

  /** A request, and what it leads to. */
  record Ask(String id, String fields, World before, String to, String dataAfter) {}

  /** An update to the next version. */
  Ask nextUpdate() {
    versions++;
    String version = "1.0." + versions;
    World before = application.world();
    String fields = "\"action\": \"update\", \"params\": {\"version\": \"" + version + "\"}";
    String after = application.data().withNote(before.data(), "through " + version);
    return new Ask("update-" + versions, fields, before, version, after);
  }

  /** A rollback from the next version, which is installed for it. */
  Ask nextRollback() {
    Ask update = nextUpdate();
    World older = update.before();
    spool.request(update.id(), update.fields());
    assertEquals(Optional.of(update.to()), application.live());
    return new Ask(
        "rollback-" + versions,
        "\"action\": \"rollback\"",
        application.world(),
        older.live().orElseThrow(),
        older.data());
  }

  /** Has a request carried out undisturbed, and tells what was appended to its journal. */
  List<String> rehearse(Ask ask) {
    spool.request(ask.id(), ask.fields());
    assertConsistent(ask, spool.await(ask.id()), List.of("rolled_back"));
    return appends(ask);
  }

  private List<String> appends(Ask ask) {
    try {
      return Files.readAllLines(home.path().resolve("appends." + ask.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the runner die at a point of a request's journal, and another one started. */
  JsonNode dieAt(Ask ask, CrashPoint point) {
    order(ask, point);
    drop(ask);
    assertEquals(KILLED, runner.awaitEnd(), runner.log());
    return restart(ask);
  }

  /**
   * Has the runner halt at a point of a request's journal, and go on when something has happened
   * meanwhile; then something else does.
   */
  JsonNode haltAt(Ask ask, CrashPoint point, Runnable meanwhile, Runnable afterwards) {
    order(ask, new CrashPoint(point.append(), "halted", point.entry()));
    drop(ask);
    Path halted = home.path().resolve("halted");
    Until.isTrue("the runner halting at " + point, () -> Files.exists(halted));
    try {
      meanwhile.run();
      Files.delete(order());
      Files.delete(halted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    afterwards.run();
    JsonNode result = spool.await(ask.id());
    assertConsistent(ask, result, List.of("rolled_back", "failed"));
    return result;
  }

  /** The same, but the next runner dies while it recovers, and a third one is started. */
  JsonNode dieTwice(Ask ask, CrashPoint point, CrashPoint again) {
    order(ask, point);
    drop(ask);
    assertEquals(KILLED, runner.awaitEnd(), runner.log());
    order(ask, again);
    start();
    Until.isTrue(
        "the recovery's end",
        () -> !runner.isAlive() || spool.result(ask.id()).filter(Spool::isEnd).isPresent());
    if (runner.isAlive()) {
      runner.kill();
    }
    return restart(ask);
  }

  /** Drops a request and kills the runner a while later, wherever it is by then. */
  JsonNode dieAfter(Ask ask, int millis) {
    drop(ask);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    runner.kill();
    JsonNode result = restart(ask);
    if (!Results.text(result, "state").equals("succeeded")) {
      Results.assertError("rolled_back", "INTERRUPTED", result);
    }
    return result;
  }

  void drop(Ask ask) {
    spool.drop(
        "1700000000-" + ask.id() + ".json", "{\"id\": \"" + ask.id() + "\", " + ask.fields() + "}");
  }

  private void order(Ask ask, CrashPoint point) {
    try {
      Files.writeString(order(), ask.id() + " " + point.when() + " " + point.append());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path order() {
    return home.path().resolve("crash");
  }

  /** Starts the next runner, which has to bring the request to one of its two ends by itself. */
  JsonNode restart(Ask ask) {
    try {
      Files.deleteIfExists(order());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    JsonNode result = spool.await(ask.id());
    assertConsistent(ask, result, List.of("rolled_back"));
    return result;
  }

  private void start() {
    List<String> options = List.of("-Dspoolway.crash=" + home.path());
    List<String> arguments = List.of("--home", home.path().toString(), "run");
    List<String> command = Launch.through(CrashingRunner.class, options, arguments);
    runner = home.start(Map.of("LC_ALL", "C.UTF-8"), command);
  }

  /**
   * One of two ends: the old release with the old data, or the new one with the new; and nothing
   * else.
   */
  private void assertConsistent(Ask ask, JsonNode result, List<String> statesOfOld) {
    boolean forward = Results.text(result, "state").equals("succeeded");
    World expected =
        forward
            ? new World(
                Optional.of(ask.to()),
                Optional.of(ask.to()),
                ask.dataAfter(),
                false,
                application.names("releases"))
            : ask.before();
    if (!forward) {
      assertTrue(statesOfOld.contains(Results.text(result, "state")), result::toPrettyString);
    }
    assertEquals(expected, application.world(), result::toPrettyString);
    Leftovers.assertNone(home, application, runner);
    assertToldOnce(ask, result);
  }

  private void assertToldOnce(Ask ask, JsonNode result) {
    try {
      Path history = home.state("app").resolve("history.jsonl");
      String id = "\"" + ask.id() + "\"";
      assertEquals(
          1, Files.readAllLines(history).stream().filter(line -> line.contains(id)).count());
      assertEquals(Optional.of(result), spool.result(ask.id()), "an end is final");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Long> ends =
        spool.results().stream()
            .collect(Collectors.groupingBy(r -> Results.text(r, "id"), Collectors.counting()));
    assertTrue(ends.values().stream().allMatch(count -> count == 1), ends.toString());
  }
}
