package org.spoolway.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.Json;
import org.spoolway.tests.Results;
import org.spoolway.tests.Until;
import org.spoolway.tests.host.Visitors.Answer;
import tools.jackson.databind.JsonNode;

/** What those see who use the application while it is updated. */
@Tag("alone")
class VisitorsTest {

  private static final int CLOSED = 503;
  private static final long SLACK_MILLIS = 500;

  @RegisterExtension static final Hosts HOSTS = new Hosts();
  private static NotesHost host;

  @BeforeAll
  static void install() {
    host = NotesHost.installed(HOSTS);
  }

  @Test
  void fiftyRequestsASecondSeeThePageOrTheApplicationAndNeverAnError() {
    JsonNode result;
    List<Answer> answers;
    try (Visitors visitors = new Visitors("http://" + host.container().address() + "/")) {
      Until.isTrue("the first visitors", () -> visitors.count() > 50);
      result = host.update("1.1.0");
      int then = visitors.count();
      Until.isTrue("visitors afterwards", () -> visitors.count() > then + 50);
      answers = visitors.goHome();
    }
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());

    Map<Integer, Long> seen =
        new TreeMap<>(
            answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting())));
    long sum = NotesHost.millis(result, "stop", "snapshot", "migrate", "start");
    long window = windowMillis(answers);
    System.out.printf(
        "visitors: %s; closed for %d ms; stop, snapshot, migrate and start took %d ms%n",
        seen, window, sum);
    assertTrue(seen.containsKey(CLOSED), seen::toString);
    for (Answer answer : answers) {
      assertTrue(answer.status() == 200 || answer.status() == CLOSED, answer::toString);
      if (answer.status() == CLOSED) {
        assertEquals("10", answer.retryAfter());
        assertTrue(answer.text().contains("<html"), answer::text);
      }
    }
    assertTrue(window <= sum + SLACK_MILLIS, window + " ms, but the steps took " + sum + " ms");
  }

  private static long windowMillis(List<Answer> answers) {
    long first =
        answers.stream()
            .filter(a -> a.status() == CLOSED)
            .mapToLong(Answer::asked)
            .min()
            .orElseThrow();
    long last =
        answers.stream()
            .filter(a -> a.status() == CLOSED)
            .mapToLong(Answer::asked)
            .max()
            .orElseThrow();
    return (last - first) / 1_000_000;
  }

  @Test
  void aLongMigrationIsShownWithItsStepWhileTheApplicationIsDown() throws IOException {
    String base = host.live();
    String go = "/opt/notes/shared/go";
    host.offer("1.9.0", base, NotesHost.migration("until [ -e " + go + " ]; do sleep 0.1; done"));
    String id = host.request("1.9.0");
    host.awaitStep(id, "migrate");
    try {
      var page = host.container().get(80, "/");
      assertEquals(CLOSED, page.statusCode());
      assertEquals("10", page.headers().firstValue("Retry-After").orElse(""));
      Until.isTrue("the step being told", () -> "migrate".equals(toldStep()));
      assertEquals(CLOSED, host.container().get(80, "/static/style.css").statusCode());
    } finally {
      host.container().run("touch", go).outOfSuccess();
    }
    assertEquals("succeeded", Results.text(host.end("operator", id), "state"));
    assertEquals(200, host.container().get(80, "/").statusCode());
  }

  private static String toldStep() throws IOException {
    var status = host.container().get(80, "/.spoolway/status.json");
    assertEquals(200, status.statusCode());
    return Results.text(Json.parse(status.body()).path("running"), "step");
  }
}
