package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.tests.Program;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import tools.jackson.databind.JsonNode;

/** Spoolway brings a release of itself, and goes back when that does not prove itself. */
class SelfUpdateTest {

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static final AtomicInteger RELEASES = new AtomicInteger();
  private static SpoolwayHost host;
  private static Program.Ended firstTry;
  private static Program.Ended afterIt;

  @BeforeAll
  static void install() {
    host = SpoolwayHost.prepared(HOSTS);
    host.offer("0.9.0", "[ \"$1\" = run ] && exit 9");
    firstTry = host.install();
    afterIt = host.container().run("sh", "-c", "spoolway check other && ls /opt/spoolway");
    host.offer("1.0.0", "");
    host.spoolway("update", "spoolway").outOfSuccess();
  }

  /** Before the first release of its own the package's runner comes back. */
  @Test
  void aFirstReleaseThatFailsLeavesThePackage() {
    assertEquals(1, firstTry.exit(), firstTry.all());
    assertTrue(firstTry.all().contains("its runner failed 3 times"), firstTry.all());
    assertFalse(afterIt.outOfSuccess().contains("current"), afterIt.all());
  }

  private static String next() {
    return "1.1." + RELEASES.incrementAndGet();
  }

  private static String state(JsonNode result) {
    return Results.text(result, "state");
  }

  @Test
  void aGoodReleaseTakesOver() {
    String version = next();
    host.offer(version, "");
    JsonNode result = host.update(version);
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertWorks(version);
    host.assertNothingLeft();
  }

  @Test
  void theWayBackToAnOlderReleaseIsTheSame() {
    String before = host.live();
    String version = next();
    host.offer(version, "");
    assertEquals("succeeded", state(host.update(version)));
    JsonNode result = host.rollback(before);
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertWorks(before);
    host.assertNothingLeft();
  }

  /** Whatever a release does in place of serving, the one before comes back by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          does not start              | exit 9
          ends as if all were well    | exit 0
          never says that it is ready | exec sleep 1000
          starts, then crashes        | (until systemctl --quiet is-active spoolway; do sleep 0.1; done; kill -9 $$) &
          """)
  void aReleaseThat(String what, String launcher) {
    String before = host.live();
    String version = next();
    host.offer(version, "[ \"$1\" = run ] && " + launcher);
    String id = host.request(version);
    host.awaitStep(id, "start");
    Until.isTrue("the release before being live", () -> host.live().equals(before));
    JsonNode result = host.end("operator", id);
    assertEquals("rolled_back", state(result), what + "\n" + result.toPrettyString());
    host.assertWorks(before);
    host.assertNothingLeft();
  }

  /** At the beginning of each step of the handover, and where the live link has just changed. */
  @ParameterizedTest
  @CsvSource({
    "stop, rolled_back",
    "swap, rolled_back",
    "/opt/spoolway/handover, rolled_back",
    "/opt/spoolway/current, succeeded",
    "start, succeeded",
    "gate, succeeded",
    "bake, succeeded",
    "settle, succeeded",
    "/opt/spoolway/handover.settled, succeeded",
    "prune, succeeded",
  })
  void theRunnerIsKilledAt(String where, String outcome) {
    String before = host.live();
    String version = next();
    host.offer(version, "");
    Standstill standstill = host.standstill(where);
    String id = host.request(version);
    String last = standstill.await();
    host.askOther();
    host.container().run("systemctl", "kill", "--signal=KILL", "spoolway.service").outOfSuccess();
    JsonNode result = host.end("operator", id);
    System.out.printf("killed at `%s`: %s%n", last, state(result));
    assertEquals(outcome, state(result), result.toPrettyString());
    host.assertWorks(outcome.equals("succeeded") ? version : before);
    host.assertNothingLeft();
    host.assertOtherAnswered();
  }

  /**
   * What had still to prove itself decides nothing about anybody's data after that. A step that
   * takes no time may have settled it before it stands still.
   */
  @ParameterizedTest
  @CsvSource({
    "swap",
    "/opt/spoolway/current",
    "start",
    "gate",
    "bake",
    "settle",
    "/opt/spoolway/handover.settled",
  })
  void thePowerIsCutAt(String where) {
    String before = host.live();
    String version = next();
    host.offer(version, "");
    Standstill standstill = host.standstill(where);
    String id = host.request(version);
    String last = standstill.await();
    boolean isSettled = host.live().equals(version) && !host.isWatched();
    assertTrue(where.contains("settle") || !isSettled, "settled at " + where);
    host.askOther();
    host.container().powerCut();
    host.container().boot();
    JsonNode result = host.end("operator", id);
    System.out.printf("power cut at `%s`: %s%n", last, state(result));
    assertEquals(isSettled ? "succeeded" : "rolled_back", state(result), result.toPrettyString());
    host.assertWorks(isSettled ? version : before);
    host.assertOtherAnswered();
    host.assertNothingLeft();
  }

  @Test
  void theJobOfAnotherDeploymentIsNotUndoneForIt() {
    String version = next();
    host.offer(version, "");
    host.holdBuildsOfOther();
    String build = host.updateOther();
    String id = host.request(version);
    host.awaitStep(id, "stop");
    host.letBuildsOfOtherEnd();
    JsonNode other = host.endOfOther(build);
    assertEquals("succeeded", state(other), other.toPrettyString());
    assertEquals(1, other.path("attempt").asInt(), other.toPrettyString());
    JsonNode result = host.end("operator", id);
    assertEquals("succeeded", state(result), result.toPrettyString());
    host.assertWorks(version);
  }
}
