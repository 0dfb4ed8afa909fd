package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.ends;
import static org.spoolway.tests.Outcome.fails;
import static org.spoolway.tests.Outcome.refused;
import static org.spoolway.tests.Outcome.succeeds;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Well-formed requests for what is not their writer's: other rights, other people's ids, times. */
class HostileRequestsTest {

  private static final String MALFORMED = "REQUEST_MALFORMED";

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void getsWhatItsWriterMayHave(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        attempt(
            "the same request twice at once",
            "put('1700000000-a.json', text('twin')); put('1700000000-b.json', text('twin'))",
            succeeds("twin")),
        attempt(
            "the same request in 500 files",
            "for n in range(500): put('1700000000-%d.json' % n, text('crowd'))",
            succeeds("crowd")),
        attempt(
            "one id for two requests",
            "put('1700000000-first.json', text('one')); claimed('1700000000-first.json');"
                + " put('1700000000-other.json', text('one', reason='another'))",
            succeeds("one"),
            refused("1700000000-other", "ID_TAKEN")),
        attempt(
            "one id in other spellings",
            "request('Same'); request('same'); request('SAME')",
            succeeds("Same"),
            succeeds("same"),
            succeeds("SAME")),
        attempt(
            "the id of a result that is told",
            "put('1700000000-again.json', text('canary-0', reason='another'))",
            refused("1700000000-again", "ID_TAKEN")),
        id("id that climbs", "../../../../lib/app/lock"),
        id("id that is its directory", "."),
        id("id that is the directory above", ".."),
        id("id with a slash", "a/b"),
        id("id of 65 characters", "a".repeat(65)),
        id("empty id", ""),
        id("id that begins as an option", "-rf"),
        id("id that begins with a dot", ".hidden"),
        id("id with a NUL", "a\\0b"),
        id("id with a line end", "a\\n"),
        id("id of other letters", "\\u0441heck"),
        attempt(
            "id of 64 characters", "request('" + "i".repeat(64) + "')", succeeds("i".repeat(64))),
        attempt(
            "id that looks like a temporary file", "request('a.json.tmp')", succeeds("a.json.tmp")),
        action("rollback", ""),
        action("restart", ""),
        action("backup", ""),
        action("prune", ""),
        action("hotfix", ""),
        action("modules", ""),
        action("restore", ", params={'snapshot': 'x'}"),
        attempt(
            "restore of no snapshot",
            "request('no-snapshot', action='restore')",
            refused("no-snapshot", MALFORMED)),
        attempt(
            "cancel through another inbox",
            "request('over', action='cancel', params={'id': 'canary-0', 'origin': 'operator'})",
            refused("over", "ACTION_NOT_ALLOWED")),
        attempt(
            "cancel through an inbox that is none",
            "request('over-none', action='cancel', params={'id': 'a', 'origin': '../operator'})",
            refused("over-none", "ACTION_NOT_ALLOWED")),
        attempt(
            "check for another inbox",
            "request('check-for', params={'origin': 'operator'})",
            refused("check-for", "ACTION_NOT_ALLOWED")),
        attempt(
            "cancel of what nobody asked for",
            "request('cancel-none', action='cancel', params={'id': 'nobody-asked'})",
            fails("cancel-none", "failed", "REQUEST_UNKNOWN")),
        attempt(
            "cancel of nothing",
            "request('cancel-nothing', action='cancel')",
            refused("cancel-nothing", MALFORMED)),
        attempt(
            "cancel of a path",
            "put('1700000000-cancel-path.json',"
                + " text('p', action='cancel', params={'id': '../operator/canary-0'}))",
            refused("1700000000-cancel-path", MALFORMED)),
        attempt(
            "cancel of itself",
            "request('cancel-self', action='cancel', params={'id': 'cancel-self'})",
            refused("cancel-self", MALFORMED)),
        attempt(
            "cancel of itself in a while",
            """
            at = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 1))
            request('cancel-later', action='cancel', params={'id': 'cancel-later'}, notBefore=at)
            """,
            refused("cancel-later", MALFORMED)),
        attempt(
            "cancel of what has ended",
            "request('cancel-ended', action='cancel', params={'id': 'canary-0'})",
            ends("cancel-ended", "unchanged")),
        attempt(
            "cancel of what waits, twice",
            """
            request('waits', notBefore='2099-01-01T00:00:00Z')
            until(lambda: told('waits'))
            request('cancel-1', action='cancel', params={'id': 'waits'})
            until(lambda: ended('cancel-1'))
            request('cancel-2', action='cancel', params={'id': 'waits'})
            """,
            fails("waits", "cancelled", "CANCELLED"),
            succeeds("cancel-1"),
            ends("cancel-2", "unchanged")),
        attempt(
            "plan that nobody was shown",
            "request('plan', action='update', plan='0' * 64)",
            fails("plan", "failed", "PLAN_CHANGED")),
        attempt(
            "plan that is no hash",
            "request('plan-junk', action='update', plan='; rm -rf /')",
            fails("plan-junk", "failed", "PLAN_CHANGED")),
        attempt(
            "version that does not exist",
            "request('version', action='update', params={'version': '99.0.0'})",
            fails("version", "failed", "VERSION_UNKNOWN")),
        version("version that climbs", "1.0.0/../../../etc"),
        version("version that is an option", "--upload-pack=id"),
        version("version of another branch", "refs/heads/main"),
        version("version with a line end", "1.0.0\\n"),
        version("version of 10,000 digits", "1.0." + "9".repeat(10_000)),
        attempt(
            "version for a check",
            "request('check-version', params={'version': '1.0.0'})",
            refused("check-version", MALFORMED)),
        attempt(
            "snapshot for a check",
            "request('check-snapshot', params={'snapshot': 'x'})",
            refused("check-snapshot", MALFORMED)),
        attempt(
            "request that expired before it waits",
            "request('stale', expires='2001-01-01T00:00:00Z', notBefore='2099-01-01T00:00:00Z')",
            fails("stale", "expired", "EXPIRED")),
        attempt(
            "times at both ends of the calendar",
            "request('ends', notBefore='0000-01-01T00:00:00Z',"
                + " expires='9999-12-31T23:59:59.999999999-18:00')",
            succeeds("ends")),
        attempt(
            "request of the year 9999 holds nobody",
            """
            request('later', notBefore='9999-12-31T23:59:59.999999999-18:00')
            until(lambda: told('later'))
            request('behind')
            until(lambda: ended('behind'))
            request('enough', action='cancel', params={'id': 'later'})
            """,
            succeeds("behind"),
            succeeds("enough"),
            fails("later", "cancelled", "CANCELLED")),
        foreign("file of root's in the inbox", "root", "check.of-root"),
        foreign("file of another member of the group", "spoolway-member", "check.of-member"),
        attempt(
                "no file given away",
                "make(CHECK); denied(lambda: os.chown('.made', 0, -1)); drop('1700000000-kept.json')",
                succeeds("1700000000-kept"))
            .ofTwoUsers());
  }

  private static HostileCase id(String name, String id) {
    String file = "1700000000-" + name.replace(' ', '-');
    return attempt(name, "put('" + file + ".json', text('" + id + "'))", refused(file, MALFORMED));
  }

  private static HostileCase version(String name, String version) {
    String file = "1700000000-" + name.replaceAll("[ ,]+", "-");
    String document = "text('v', action='update', params={'version': '" + version + "'})";
    return attempt(name, "put('" + file + ".json', " + document + ")", refused(file, MALFORMED));
  }

  private static HostileCase action(String action, String more) {
    return attempt(
        action + " by who may not",
        "request('may-not-" + action + "', action='" + action + "'" + more + ")",
        refused("may-not-" + action, "ACTION_NOT_ALLOWED"));
  }

  /** The writer may rename what lies in a directory of his, whoever owns it. */
  private static HostileCase foreign(String name, String owner, String file) {
    return attempt(
            name,
            "theirs = SHARED + '/" + owner + "'; report(theirs); os.rename(theirs, '" + file + "')",
            refused(file, "OWNER_NOT_ALLOWED"))
        .ofTwoUsers();
  }

  @Test
  void idsOfTheOperatorAreNotTheWriters() throws IOException {
    INBOX.operator().drop("1700000000-o.json", held("shared-id"));
    INBOX.operator().await("shared-id", "queued");

    INBOX.prove(
        attempt(
            "ids of two origins",
            "request('shared-id'); until(lambda: ended('shared-id')); request('not-his',"
                + " action='cancel', params={'id': 'shared-id'})",
            succeeds("shared-id"),
            ends("not-his", "unchanged")));

    JsonNode operators = INBOX.operator().await("shared-id", "queued");
    assertEquals("operator", Results.text(operators, "origin"));
    String cancel =
        "{\"id\": \"own\", \"action\": \"cancel\", \"params\": {\"id\": \"shared-id\"}}";
    INBOX.operator().drop("1700000000-own.json", cancel);
    INBOX.endForOperator("own");
    Results.assertError("cancelled", "CANCELLED", INBOX.endForOperator("shared-id"));
  }

  private static String held(String id) {
    return "{\"id\": \"%s\", \"action\": \"check\", \"notBefore\": \"2099-01-01T00:00:00Z\"}"
        .formatted(id);
  }

  @Test
  void whoAsksIsSeenByTheOwnerAndNotByWhatItSays() throws IOException {
    INBOX.prove(
        attempt("pretender", "request('pretender', requestedBy='root')", succeeds("pretender")));

    JsonNode result = INBOX.end("pretender");
    assertEquals("root", Results.text(result, "requestedBy"));
    assertEquals(INBOX.writer().name(), Results.text(result.path("owner"), "user"));
  }

  @Test
  void allSpellingsOfTimeGoInOneOrderAndNoneBeforeItsArrival() throws IOException {
    List<String> inOrder =
        List.of(
            "0000000001-check.ancient",
            "19700101T000002Z-check.ancient",
            "1600000000000000000-check.t",
            "1600000001-check.t",
            "1600000002000-check.t",
            "1600000003000000-check.t",
            "20200913T122644.5Z-check.t",
            "9999999999-check.future",
            "99991231T235959Z-check.future");
    INBOX.home().spoolway("pause", "app").outOfSuccess();
    for (int i : new int[] {4, 0, 6, 2, 7, 5, 1, 3, 8}) {
      INBOX.writer().does("put('" + inOrder.get(i) + "')");
    }
    inOrder.forEach(id -> INBOX.web().await(id, "queued"));
    INBOX.home().spoolway("resume", "app").outOfSuccess();

    List<String> carriedOut =
        inOrder.stream()
            .map(INBOX::end)
            .sorted(Comparator.comparing(result -> result.path("sequence").asLong()))
            .map(result -> Results.text(result, "id"))
            .toList();
    assertEquals(inOrder, carriedOut);
    INBOX.assertCanariesLive();
  }
}
