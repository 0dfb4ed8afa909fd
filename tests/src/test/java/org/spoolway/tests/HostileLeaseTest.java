package org.spoolway.tests;

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

  private static final String SUCCEEDED = "succeeded";
  private static final String UNREADABLE = "REQUEST_UNREADABLE";
  private static final Set<String> GOOD = Set.of(SUCCEEDED, UNREADABLE);

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
            ended("1700000000-leased", GOOD)),
        attempt(
            "lease on a torn request",
            leased("1700000000-leased-torn.json", "b'{'"),
            ended("1700000000-leased-torn", Set.of("REQUEST_MALFORMED", UNREADABLE))),
        attempt(
            "lease on a touch",
            leased("check.leased", "b''"),
            ended("check.leased", Set.of(SUCCEEDED))),
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
        assertEnded(inbox, "1700000000-slow-" + i, GOOD);
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

  private static Outcome ended(String id, Set<String> ends) {
    return (inbox, act) -> {
      if (!assertEnded(inbox, id, ends).equals(SUCCEEDED)) {
        inbox.rejected(id);
      }
    };
  }

  /** Carried out or refused for a reason that may be, but told. */
  private static String assertEnded(HostileInbox inbox, String id, Set<String> ends)
      throws IOException {
    JsonNode result = inbox.end(id);
    String end =
        Results.text(result, "state").equals("rejected")
            ? Results.text(result.path("error"), "code")
            : Results.text(result, "state");
    assertTrue(ends.contains(end), result.toPrettyString());
    return end;
  }
}
