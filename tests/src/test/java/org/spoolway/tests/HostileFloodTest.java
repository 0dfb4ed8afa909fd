package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.HostileCase.attempt;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** More than anybody could want, all at once. */
@Tag("alone")
class HostileFloodTest {

  /**
   * Far less than the flood, and than what is taken in of it: what a runner does while the flood's
   * origin has its turn of a quarter of a second to be taken in, and one job more.
   */
  private static final int MOST_BEFORE = 200;

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @Test
  void fiveThousandNamesThatAreNobodys() throws IOException {
    INBOX.prove(
        attempt("junk", "for n in range(5000): put('junk-%d' % n, b'x')", Outcome.leftAlone()));
  }

  @Test
  void thousandPipes() throws IOException {
    flood("pipe", "os.mkfifo('.made')");
  }

  @Test
  void thousandDirectories() throws IOException {
    flood("directory", "os.mkdir('.made')");
  }

  private static void flood(String kind, String make) throws IOException {
    String name = "check." + kind + "-";
    String act = "for n in range(1000):\n    %s\n    drop('%s%%d' %% n)".formatted(make, name);
    INBOX.prove(
        attempt(
            kind,
            act,
            (inbox, ignored) -> {
              for (int n = 0; n < 1000; n++) {
                Results.assertError("rejected", "NOT_A_REGULAR_FILE", inbox.end(name + n));
              }
            }));
  }

  @Test
  void twoThousandRequestsThatTheOperatorNeedNotWaitFor() throws IOException {
    INBOX.writer().does("for n in range(2000): request('flood-%d' % n)");
    Instant asked = Instant.now();
    INBOX.operator().drop("1700000000-urgent.json", "{\"id\": \"urgent\", \"action\": \"check\"}");

    JsonNode urgent = INBOX.endForOperator("urgent");

    assertEquals("succeeded", Results.text(urgent, "state"));
    long before = 0;
    for (int n = 0; n < 2000; n++) {
      JsonNode result = INBOX.end("flood-" + n);
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
      boolean earlier = result.path("sequence").asLong() < urgent.path("sequence").asLong();
      Instant ended = Instant.parse(Results.text(result, "finishedAt"));
      before += earlier && ended.isAfter(asked) ? 1 : 0;
    }
    System.out.println(
        before + " jobs of the flood ended between the operator's request and its turn");
    assertTrue(before <= MOST_BEFORE, before + " jobs of the flood went before the operator's");
    INBOX.assertCanariesLive();
  }

  @Test
  void twelveHundredRequestsThatWaitForTheYear2099() throws IOException {
    INBOX
        .writer()
        .does("for n in range(1200): request('held-%d' % n, notBefore='2099-01-01T00:00:00Z')");
    for (int n = 0; n < 1200; n++) {
      String id = "held-" + n;
      Until.isTrue(id + " being told", () -> INBOX.web().result(id).isPresent());
    }
    INBOX.assertCanariesLive();

    INBOX
        .writer()
        .does(
            "for n in range(1200): request('end-%d' % n, action='cancel', params={'id': 'held-%d' % n})");

    int held = 0;
    for (int n = 0; n < 1200; n++) {
      JsonNode cancel = INBOX.end("end-" + n);
      String ended = Results.text(cancel, "state");
      assertTrue(Set.of("succeeded", "unchanged").contains(ended), cancel.toPrettyString());
      JsonNode result = INBOX.end("held-" + n);
      boolean refused = Results.text(result, "state").equals("rejected");
      if (refused) {
        Results.assertError("rejected", "TOO_MANY_HELD", result);
      } else {
        Results.assertError("cancelled", "CANCELLED", result);
        held++;
      }
    }
    assertEquals(1000, held, "requests that waited");
    INBOX.assertCanariesLive();
  }
}
