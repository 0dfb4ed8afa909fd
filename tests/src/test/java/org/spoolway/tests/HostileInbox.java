package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * A runner with an inbox whose writer is hostile. One runner serves all tests of a class; at the
 * end it has to be the same one, no larger than it was, with exactly one unchanged result for each
 * request and with the secret unread.
 */
final class HostileInbox implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /**
   * How long a well-behaved request may take whatever goes on beside it: far less than the 45
   * seconds for which a lease can hold up whoever opens a file, and enough for a busy machine.
   */
  private static final Duration PROMPT = Duration.ofSeconds(20);

  private static final int WARMTH = 60;

  private static final String WRITER = "spoolway-writer";

  /** In the same group, and yet no owner that the origin lists. */
  private static final String MEMBER = "spoolway-member";

  private final Home home = new Home();
  private final Map<String, JsonNode> told = new TreeMap<>();
  private final Map<String, JsonNode> toldToOperator = new TreeMap<>();
  private final List<Entry> ignored = new ArrayList<>();
  private Secret secret;
  private Runner runner;
  private Writer writer;
  private Spool web;
  private Spool operator;
  private Footprint before;
  private int canaries;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    home.open();
    Path shared = Files.createDirectory(home.path().resolve("shared"));
    Path outputs = Files.createDirectory(home.path().resolve("acts"));
    secret = new Secret(home.path().resolve("secret"));
    String user = Writer.user(WRITER, WRITER);
    deploy(user);
    Files.setPosixFilePermissions(home.path(), PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    leaveForeignFiles(shared);
    runner = home.run();
    web = home.spool("app", "web");
    operator = home.spool("app");
    Map<String, String> environment =
        Map.of("SECRET", secret.path().toString(), "SHARED", shared.toString());
    writer = new Writer(user, web.inbox(), outputs, environment);
    warmUp();
    before = Footprint.of(runner);
  }

  private void deploy(String user) {
    SampleApplication application = new SampleApplication(home, "app");
    application.file().without("build").without("database").without("migrate");
    application.file().without("service").without("health");
    application
        .file()
        .set("", "settle", "\"200ms\"")
        .set("origins.web", "owners", "[" + Json.quote(user) + "]")
        .set("origins.web", "actions", "[\"check\", \"update\", \"cancel\"]")
        .set("origins.operator", "owners", "[" + Json.quote(System.getProperty("user.name")) + "]")
        .set("origins.operator", "actions", "[\"*\"]");
    application.release("1.0.0", new Release()).write();
  }

  /** Files of other people's, in a directory where the writer can take them. */
  private static void leaveForeignFiles(Path shared) throws IOException {
    if (Writer.PRIVILEGED) {
      for (String owner : List.of("root", Writer.user(MEMBER, WRITER))) {
        Path file = Files.createFile(shared.resolve(owner));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        Program.output(shared, "chown", owner, file.toString());
      }
    }
  }

  /** What comes later has to find the runner's classes loaded and its caches filled. */
  private void warmUp() throws IOException {
    writer.does("for n in range(" + WARMTH + "): request('warm-%d' % n)");
    for (int n = 0; n < WARMTH; n++) {
      end("warm-" + n);
    }
    writer.does("put('1700000000-warm.json', b'{')");
    end("1700000000-warm");
    writer.does("os.symlink(SECRET, '.made'); drop('check.warm')");
    end("check.warm");
    assertCanariesLive();
  }

  Home home() {
    return home;
  }

  Writer writer() {
    return writer;
  }

  Spool web() {
    return web;
  }

  Spool operator() {
    return operator;
  }

  Runner runner() {
    return runner;
  }

  /** Plays a case: while the act goes on and after it others are served, and it ends as it must. */
  void prove(HostileCase hostile) throws IOException {
    hostile.assumePlayable();
    try (Writer.Act act = writer.begin(hostile.act())) {
      assertCanariesLive();
      hostile.outcome().await(this, act);
    }
    secret.assertUnread();
    assertEquals(List.of(), Printed.unsafeLines(runner.log()));
  }

  /** A good request of the same writer and one of the operator are carried out at once. */
  void assertCanariesLive() {
    String id = "canary-" + canaries++;
    long start = System.nanoTime();
    operator.drop("1700000000-" + id + ".json", "{\"id\": \"" + id + "\", \"action\": \"check\"}");
    writer.does("request('" + id + "')");
    JsonNode ofOperator = endForOperator(id);
    JsonNode ofWriter = end(id);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertEquals("succeeded", Results.text(ofOperator, "state"), ofOperator.toPrettyString());
    assertEquals("succeeded", Results.text(ofWriter, "state"), ofWriter.toPrettyString());
    assertTrue(taken.compareTo(PROMPT) < 0, id + " took " + taken);
  }

  /** Waits for the end of one of the writer's requests; from then on it may never change. */
  JsonNode end(String id) {
    return told.computeIfAbsent(id, web::await);
  }

  /** The same for a request of the operator's. */
  JsonNode endForOperator(String id) {
    return toldToOperator.computeIfAbsent(id, operator::await);
  }

  /** What was refused under an id, once it is put aside. */
  Entry rejected(String id) throws IOException {
    Path kept = web.directory().resolve("rejected/web").resolve(id);
    Until.isTrue(id + " being put aside", () -> Files.exists(kept, LinkOption.NOFOLLOW_LINKS));
    return Entry.at(kept);
  }

  /** These are and stay in the inbox as they are, and the status counts them. */
  void ignores(List<Entry> entries) throws IOException {
    ignored.addAll(entries);
    awaitIgnored();
  }

  private void awaitIgnored() throws IOException {
    Until.isTrue(
        ignored.size() + " names being counted",
        () -> web.status().path("ignored").path("web").asInt() == ignored.size());
    List<Entry> there = Entry.in(web.inbox());
    assertTrue(there.containsAll(ignored), "all that is nobody's is there: " + there);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName());
      home.printLog();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    try {
      assertTrue(before != null, "the runner was ready");
      Until.isTrue("no request being left", () -> !home.hasOpenRequests("app"));
      assertToldOnce(told, web);
      assertToldOnce(toldToOperator, operator);
      awaitIgnored();
      assertEquals(ignored.size(), Entry.in(web.inbox()).size(), "what is left in the inbox");
      secret.assertUnread();
      secret.assertNotIn(home.path().resolve("runner.log"));
      for (String place : List.of("results", "logs", "status.json")) {
        secret.assertNotIn(web.directory().resolve(place));
      }
      secret.assertNotIn(home.state("app"));
      assertFlat(context.getDisplayName());
      assertEquals(0, home.stopRunners(), "the runner ends well");
    } finally {
      // Some of what was refused is deeper than any path reaches.
      Program.output(home.path(), "rm", "-rf", home.path().resolve("spool").toString());
      home.close();
    }
  }

  private static void assertToldOnce(Map<String, JsonNode> expected, Spool spool) {
    Map<String, JsonNode> found =
        spool.results().stream()
            .collect(Collectors.toMap(result -> Results.text(result, "id"), result -> result));
    assertEquals(expected.keySet(), found.keySet(), "a result for each request, and no other");
    assertEquals(expected, found, "what was told never changed");
  }

  private void assertFlat(String name) throws IOException {
    Until.isTrue("its idle threads having ended", () -> before.hasAsManyThreads(runner));
    Footprint after = Footprint.of(runner);
    System.out.println(name + ": " + before + " before, " + after + " after");
    assertTrue(after.isFlatAgainst(before), before + " before, " + after + " after");
  }
}
