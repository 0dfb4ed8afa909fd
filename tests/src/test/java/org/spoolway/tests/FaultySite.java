package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spoolway.tests.FaultyDisk.Counted;
import tools.jackson.databind.JsonNode;

/**
 * A host that lies on a {@link FaultyDisk}, the runner's queue and state and the application alike.
 * The application goes from version to version; each version's migration adds a row.
 */
final class FaultySite implements AutoCloseable {

  private static final int KILLED = 128 + 9;

  private final Home home = new Home();
  private final FaultyDisk disk;
  private final SampleApplication application;
  private final Spool spool;
  private Runner runner;
  private int asked;

  /** Installs the first version of the application. */
  FaultySite() {
    home.open();
    disk = FaultyDisk.over(home.path());
    try {
      application = new SampleApplication(home, "app");
      application.file().set("migrate", "pending", "[]").set("keep", "days", "0");
      application.file().set("keep", "releases", "2").set("keep", "snapshots", "1");
      application.release("1.0.0", new Release()).release("1.0.1", migrating());
      application.write();
      runner = home.run();
      spool = home.spool("app");
      awaitPolling();
      assertEquals("succeeded", Results.text(spool.ask("update@1.0.0"), "state"));
      assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    } catch (RuntimeException | AssertionError e) {
      home.printLog();
      close();
      throw e;
    }
  }

  private static Release migrating() {
    return new Release()
        .migrate(
            "sqlite3 $SPOOLWAY_SHARED/app.db"
                + " \"INSERT INTO notes (text) VALUES ('through $SPOOLWAY_VERSION')\"");
  }

  /**
   * Something to ask for.
   *
   * @param id its own, which its result is told under
   * @param content of the file that is dropped
   * @param before what the application is before
   * @param to the version to go to, or empty when nothing is to change
   * @param cancelled the request that is to be cancelled by it, or empty
   */
  record Ask(
      String id, String content, World before, Optional<String> to, Optional<String> cancelled) {}

  Ask check() {
    return unchanging("check", "\"action\": \"check\"");
  }

  /** One that is no request, and is told under the name of its file. */
  Ask refused() {
    return unchanging("refused", "\"action\": \"dance\"");
  }

  /** A cancel of a request that waits. */
  Ask cancel() {
    String held = "held-" + (asked + 1);
    spool.drop(
        "1700000000-" + held + ".json",
        "{\"id\": \"%s\", \"action\": \"check\", \"notBefore\": \"2090-01-01T00:00:00Z\"}"
            .formatted(held));
    spool.await(held, "queued");
    Ask ask =
        unchanging("cancel", "\"action\": \"cancel\", \"params\": {\"id\": \"" + held + "\"}");
    return new Ask(ask.id(), ask.content(), ask.before(), ask.to(), Optional.of(held));
  }

  private Ask unchanging(String action, String fields) {
    String id = action + "-" + ++asked;
    String content = "{\"id\": \"" + id + "\", " + fields + "}";
    return new Ask(id, content, application.world(), Optional.empty(), Optional.empty());
  }

  Ask update() {
    String version = "1.0." + ++asked;
    String id = "update-" + asked;
    tag(version);
    String content =
        "{\"id\": \"%s\", \"action\": \"update\", \"params\": {\"version\": \"%s\"}}"
            .formatted(id, version);
    return new Ask(id, content, application.world(), Optional.of(version), Optional.empty());
  }

  /** All versions are one commit: the application takes its version from where it is installed. */
  private void tag(String version) {
    application.repository().git("tag", "--force", "v" + version, "v1.0.1");
  }

  /** Has a request carried out undisturbed, and tells what the runner changed meanwhile. */
  List<DiskOperation> rehearse(Ask ask, Counted counted) {
    disk.count(runner.pid(), counted);
    drop(ask);
    JsonNode end = end(ask);
    Leftovers.assertNone(home, application, runner);
    assertConsistent(ask, end, List.of("succeeded", "rejected"));
    return disk.trace();
  }

  /**
   * Has a request meet a fault, cures the disk, and sees that the request comes to one honest end.
   *
   * @return what the runner changed meanwhile
   */
  List<DiskOperation> meet(Ask ask, Counted counted, DiskFault fault, int at, List<String> ends) {
    disk.order(runner.pid(), counted, fault, at);
    drop(ask);
    awaitFault(ask, fault);
    disk.cure();
    if (fault.kills() && dies(at)) {
      runner = home.run();
    }
    JsonNode end = end(ask);
    assertTrue(runner.isAlive(), "the runner has ended");
    List<DiskOperation> trace = disk.trace();
    // What an update could not remove is left to the next pruning.
    String action = ask.to().isPresent() ? "prune" : "check";
    JsonNode canary = spool.request("canary-" + ask.id(), "\"action\": \"" + action + "\"");
    assertEquals("succeeded", Results.text(canary, "state"), canary.toPrettyString());
    Leftovers.assertNone(home, application, runner);
    assertConsistent(ask, end, ends);
    return trace;
  }

  /** Whoever has come as far as its last operation dies, if he is not dead already. */
  private boolean dies(int last) {
    if (runner.isAlive() && disk.trace().size() < last) {
      return false;
    }
    assertEquals(KILLED, runner.awaitEnd(), runner.log());
    return true;
  }

  /**
   * The fault may lie behind the end of the request, which takes a few operations more or less; and
   * a runner need not come upon a full disk twice.
   */
  private void awaitFault(Ask ask, DiskFault fault) {
    int times = fault == DiskFault.ENOSPC ? 2 : 1;
    Until.isTrue(
        ask.id() + " meeting the fault",
        () ->
            fault.kills()
                ? !runner.isAlive() || isOver(ask)
                : disk.refused().size() >= times || isOver(ask));
  }

  /** Not every file system tells of every new file. */
  private void awaitPolling() {
    Until.isTrue(
        "the runner looking by itself",
        () -> {
          JsonNode watch = spool.status().path("watch");
          return watch.path("mode").asString("").equals("polling")
              && watch.path("why").asString("").contains(" is on fuse");
        });
  }

  private boolean isOver(Ask ask) {
    return ends().stream().anyMatch(end -> isOf(end, ask)) && !home.hasOpenRequests("app");
  }

  private void drop(Ask ask) {
    spool.drop(fileOf(ask), ask.content());
  }

  private JsonNode end(Ask ask) {
    return Until.found(
        "an end of " + ask.id(), () -> ends().stream().filter(e -> isOf(e, ask)).findFirst());
  }

  private List<JsonNode> ends() {
    return spool.results().stream().filter(Spool::isEnd).toList();
  }

  private static boolean isOf(JsonNode result, Ask ask) {
    return result.path("order").path("name").asString("").equals(fileOf(ask));
  }

  private static String fileOf(Ask ask) {
    return "1700000000-" + ask.id() + ".json";
  }

  private void assertConsistent(Ask ask, JsonNode end, List<String> ends) {
    assertEquals(List.of(), ForcedWrites.reliedOnVoidFiles(disk.trace()), "void files");
    assertEquals(
        List.of(),
        ForcedWrites.removedBeforeTheResultWasForced(disk.trace()),
        "results not forced");
    assertEquals(
        List.of(),
        ForcedWrites.removedBeforeTheJournalWasForced(disk.trace()),
        "journals not forced");
    String state = Results.text(end, "state");
    assertTrue(ends.contains(state), end.toPrettyString());
    boolean forward = ask.to().isPresent() && state.equals("succeeded");
    assertEquals(forward ? after(ask) : ask.before(), application.world(), end::toPrettyString);
    assertToldOnce(ask, end);
    ask.cancelled()
        .ifPresent(held -> assertEquals("cancelled", Results.text(spool.await(held), "state")));
    JsonNode status = spool.status();
    assertEquals(runner.pid(), status.path("runner").path("pid").asLong(), status.toString());
    assertTrue(status.path("running").isMissingNode() || status.path("running").isNull());
  }

  private World after(Ask ask) {
    String dump = ask.before().data();
    long rows = dump.lines().filter(line -> line.startsWith("INSERT INTO notes")).count();
    String version = ask.to().orElseThrow();
    String row = "INSERT INTO notes VALUES(" + (rows + 1) + ",'through " + version + "');\n";
    return new World(
        ask.to(),
        ask.to(),
        dump.replace("COMMIT;\n", row + "COMMIT;\n"),
        false,
        application.names("releases"));
  }

  private void assertToldOnce(Ask ask, JsonNode end) {
    Map<String, Long> files =
        ends().stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.path("order").path("name").asString(""),
                    Collectors.counting()));
    assertTrue(files.values().stream().allMatch(count -> count == 1), files.toString());
    assertEquals(
        List.of(end), ends().stream().filter(e -> isOf(e, ask)).toList(), "an end is final");
    boolean changed = List.of("succeeded", "rolled_back").contains(Results.text(end, "state"));
    long told = historyLines(ask);
    assertTrue(told <= 1, end::toString);
    assertTrue(told == 1 || ask.to().isEmpty() || !changed, end::toString);
  }

  private long historyLines(Ask ask) {
    try {
      String id = "\"" + ask.id() + "\"";
      return Files.readAllLines(home.state("app").resolve("history.jsonl")).stream()
          .filter(line -> line.contains(id) && isWhole(line))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A disk that is full takes the beginning of a line where a page of the file ends in it. There is
   * no object within a line's.
   */
  private static boolean isWhole(String line) {
    return line.endsWith("}");
  }

  /** What is told of a case that failed. */
  String account() {
    String operations =
        disk.trace().stream().map(DiskOperation::toString).collect(Collectors.joining("\n"));
    return operations + "\nthe runner said\n" + runner.log();
  }

  @Override
  public void close() {
    home.stopRunners();
    home.stopServices();
    disk.close();
    home.close();
  }
}
