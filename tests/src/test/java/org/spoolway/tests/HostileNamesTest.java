package org.spoolway.tests;

import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.leftAlone;
import static org.spoolway.tests.Outcome.refused;
import static org.spoolway.tests.Outcome.succeeds;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names are bytes that a stranger chose: each is a request of the grammar, or nobody's. */
class HostileNamesTest {

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void areReadByTheGrammarAlone(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        nobodys("dot files", "'.check', '..json', '...', '.1700000000-a.json', '..check'"),
        nobodys("names of unfinished files", "'check.tmp', 'check~', 'check.swp', 'check.partial'"),
        nobodys("documents that are not finished", "'1700000000-a.json.tmp', '1700000000-a.json~'"),
        nobodys("options", "'-rf', '--help', '-check', '-1700000000-check'"),
        nobodys("documents without a time", "'.json', 'update.json', '-.json', 'x1700000000.json'"),
        nobodys(
            "numbers of digits that no unit has",
            "*['1' * n + '-check' for n in (1, 9, 11, 12, 14, 15, 17, 18, 20, 200)]"),
        nobodys(
            "documents with such a number",
            "*['1' * n + '-a.json' for n in (9, 11, 12, 14, 15, 17, 18, 20, 200)]"),
        nobodys(
            "impossible dates",
            "'20261332T000000Z-check', '20260230T000000Z-check', '20261121T240000Z-check',"
                + " '20261121T016000Z-check', '00000000T000000Z-check', '20261121T013455-check'"),
        nobodys("a leap second", "'20161231T235960Z-check', '20161231T235960Z-a.json'"),
        nobodys(
            "digits of other scripts",
            "'\\uff11\\uff17' + '\\uff10' * 8 + '-a.json', '\\u0661' * 10 + '-check'"),
        nobodys("actions in capitals", "'CHECK', 'Check', 'check.CHECK'.upper(), 'UPDATE@1.0.0'"),
        nobodys(
            "actions that look like others",
            "'\\u0441heck', 'check\\u200b', 'che\\u0301ck', 'check\\u202e'"),
        nobodys("unknown actions", "'frobnicate', 'reboot', 'checks', 'run.check', 'check check'"),
        nobodys("actions with blanks", "' check', 'check ', 'check\\n', '\\tcheck', 'check\\r'"),
        nobodys(
            "versions that are none",
            "'update@', 'update@1', 'update@v1.0.0', 'update@1.0', 'update@01.0.0',"
                + " 'update@1.0.0-', 'update@..', 'update@-rf', 'update@1.0.0-rc.1.cron@',"
                + " 'update@' + '9' * 240, 'update@*', 'update@$(id)'"),
        nobodys("bytes that are no text", "b'\\xff\\xfe', b'check\\xff', b'\\xc0\\xaecheck'"),
        nobodys("names of 255 bytes", "'a' * 255, 'check' * 51, '1' * 255"),
        attempt(
            "document with a name of 255 bytes",
            "put('1700000000-' + 'a' * 239 + '.json', CHECK)",
            succeeds("1700000000-" + "a".repeat(53))),
        attempt(
            "touch with a name of 255 bytes",
            "put('check.' + 'b' * 249)",
            succeeds("check." + "b".repeat(58))),
        attempt(
            "document with a name that is no text",
            "put(b'1700000000-\\xff\\xfe\\x80.json', text('no-text'))",
            succeeds("no-text")),
        attempt(
            "refused document with a name that is no text",
            "put(b'1700000000-x\\xc3\\x28\\xf0\\x9f.json', b'x')",
            refused("1700000000-x-", "REQUEST_MALFORMED")),
        attempt(
            "name that writes a line into the log",
            "put('1700000000-a\\n00:00:00 ERROR forged line.json', b'x')",
            refused("1700000000-a-00-00-00-ERROR-forged-line", "REQUEST_MALFORMED")),
        attempt(
            "touch that writes a line into the log",
            "put('check.a\\r\\n00:00:00 ERROR forged touch', b'x')",
            refused("check.a-00-00-00-ERROR-forged-touch", "CONTENT_UNDER_TOUCH_NAME")),
        attempt(
            "name that commands the terminal",
            "put('1700000000-\\x1b[2J\\x1b]0;x\\x07.json', b'x')",
            refused("1700000000--2J-0-x-", "REQUEST_MALFORMED")),
        attempt(
            "name that reads backwards",
            "put('1700000000-\\u202enosj.live.json', b'x')",
            refused("1700000000--nosj.live", "REQUEST_MALFORMED")),
        attempt(
            "name that a shell would run",
            "put('1700000000-$(id>pwned);`id`&|*.json', text('shell'))",
            succeeds("shell")),
        attempt(
            "name that climbs",
            "put('1700000000-..\\\\..\\\\etc%2f..%2f.json', text('climber'))",
            succeeds("climber")),
        attempt(
            "check of a version",
            "put('check@1.0.0')",
            refused("check-1.0.0", "REQUEST_MALFORMED")),
        attempt(
            "touch of what the origin does not carry",
            "put('rollback@1.0.0.now')",
            refused("rollback-1.0.0.now", "ACTION_NOT_ALLOWED")));
  }

  private static HostileCase nobodys(String name, String names) {
    return attempt(name, "for name in (" + names + ",): put(name, b'whatever')", leftAlone());
  }
}
