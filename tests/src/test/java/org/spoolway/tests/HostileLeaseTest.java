package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.HostileCase.attempt;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Writers that hold a lease on what they have dropped: whoever opens such a file waits until the
 * kernel loses patience, 45 seconds as a rule.
 */
class HostileLeaseTest {

  /** So many that to wait for each would take longer than a canary is waited for. */
  private static final int SLOW = 150;

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void holdsUpNobody(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        attempt(
            "lease on a good request",
            leased("1700000000-leased.json", "CHECK"),
            ended("1700000000-leased")),
        attempt(
            "lease on a torn request",
            leased("1700000000-leased-torn.json", "b'{'"),
            ended("1700000000-leased-torn")),
        attempt("lease on a touch", leased("check.leased", "b''"), ended("check.leased")),
        attempt(
            "leases that are let go just in time",
            """
            held = []
            def let_go(*_):
                time.sleep(0.22)
                fcntl.fcntl(held.pop(0), fcntl.F_SETLEASE, fcntl.F_UNLCK)
            signal.signal(signal.SIGIO, let_go)
            for n in range(%d):
                make(CHECK)
                held.append(open('.made', 'r+b'))
                fcntl.fcntl(held[-1], fcntl.F_SETLEASE, fcntl.F_WRLCK)
                os.rename('.made', '1700000000-slow-%%d.json' %% n)
            ready()
            while held:
                signal.pause()
            """
                .formatted(SLOW),
            allEnded()));
  }

  private static Outcome allEnded() {
    return (inbox, act) -> {
      for (int i = 0; i < SLOW; i++) {
        JsonNode result = inbox.end("1700000000-slow-" + i);
        String state = Results.text(result, "state");
        assertTrue(Set.of("succeeded", "rejected").contains(state), result.toPrettyString());
      }
    };
  }

  private static String leased(String name, String content) {
    return """
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        make(%s)
        held = open('.made', 'r+b')
        fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        os.rename('.made', '%s')
        ready()
        signal.pause()
        """
        .formatted(content, name);
  }

  /** Carried out or refused, but told. */
  private static Outcome ended(String id) {
    return (inbox, act) -> {
      JsonNode result = inbox.end(id);
      String state = Results.text(result, "state");
      assertTrue(Set.of("succeeded", "rejected").contains(state), result.toPrettyString());
      if (state.equals("rejected")) {
        Results.assertError("rejected", Results.text(result.path("error"), "code"), result);
        inbox.rejected(id);
      } else {
        assertEquals("check", Results.text(result, "action"));
      }
    };
  }
}
