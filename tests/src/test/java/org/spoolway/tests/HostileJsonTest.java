package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spoolway.tests.HostileCase.attempt;
import static org.spoolway.tests.Outcome.refused;
import static org.spoolway.tests.Outcome.succeeds;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Documents that two readers could understand in two ways, or that cost more than they weigh. */
class HostileJsonTest {

  @RegisterExtension static final HostileInbox INBOX = new HostileInbox();

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isReadInOneWayOrNotAtAll(HostileCase hostile) throws IOException {
    INBOX.prove(hostile);
  }

  static List<HostileCase> cases() {
    return List.of(
        bad("nothing", "b''", "it is empty"),
        bad("only blanks", "b' \\n\\t\\r ' * 100", ""),
        bad("empty object", "b'{}'", "\"action\" is missing"),
        bad("a list", "b'[{\"action\": \"check\"}]'", "not a JSON object"),
        bad("a word", "b'\"check\"'", "not a JSON object"),
        bad("null", "b'null'", "not a JSON object"),
        bad("two documents", "CHECK + CHECK", "more after the object"),
        bad("document and a bracket", "CHECK + b'}'", "more after the object"),
        bad("document and a comment", "CHECK + b'// now'", "more after the object"),
        bad("duplicate key", "b'{\"action\": \"check\", \"action\": \"update\"}'", "duplicate"),
        bad(
            "duplicate key spelled otherwise",
            "b'{\"action\": \"check\", \"\\\\u0061ction\": \"update\"}'",
            "duplicate"),
        bad(
            "duplicate key within",
            "b'{\"action\": \"check\", \"params\": {\"id\": \"a\", \"id\": \"b\"}}'",
            "duplicate"),
        bad("unknown field", "text('a', verison='1.0.0')", "verison"),
        bad("unknown field within", "text('a', params={'path': '/etc/shadow'})", "path"),
        bad("key of a prototype", "text('a', __proto__={'action': 'update'})", "__proto__"),
        bad(
            "class for a reader to make",
            "text('a', **{'@class': 'java.lang.ProcessBuilder'})",
            "@class"),
        bad("key in capitals", "b'{\"ACTION\": \"check\"}'", "ACTION"),
        bad("action in capitals", "b'{\"action\": \"CHECK\"}'", "unknown action"),
        bad("action of the wrong type", "b'{\"action\": 1}'", "must be a string"),
        bad("action that is null", "b'{\"action\": null}'", "must be a string"),
        bad("flag as text", "text('a', dryRun='false')", "must be true or false"),
        bad("flag as number", "text('a', dryRun=0)", "must be true or false"),
        bad("params as list", "text('a', params=[])", "must be an object"),
        bad("schema of a later version", "text('a', schema='spoolway/request/v2')", "schema"),
        bad("time as a number", "text('a', notBefore=1700000000)", "must be a time"),
        bad(
            "time beyond all years",
            "text('a', notBefore='+999999999-12-31T23:59:59Z')",
            "must be a time"),
        bad(
            "time on an impossible day",
            "text('a', expires='2026-02-30T00:00:00Z')",
            "must be a time"),
        bad("comment", "b'{/* now */\"action\": \"check\"}'", "not JSON"),
        bad("single quotes", "b\"{'action': 'check'}\"", "not JSON"),
        bad("no quotes", "b'{action: check}'", "not JSON"),
        bad("trailing comma", "b'{\"action\": \"check\",}'", "not JSON"),
        bad("NaN", "b'{\"action\": \"check\", \"dryRun\": NaN}'", "not JSON"),
        bad("number with a leading zero", "b'{\"action\": \"check\", \"dryRun\": 01}'", "not JSON"),
        bad(
            "number beyond all numbers",
            "b'{\"action\": \"check\", \"dryRun\": 1e999999999}'",
            "must be true or false"),
        bad(
            "number of 10,000 digits",
            "b'{\"action\": \"check\", \"dryRun\": ' + b'9' * 10000 + b'}'",
            "must be true or false"),
        bad("NULs before", "b'\\0' * 4096 + CHECK", "NUL"),
        bad("NULs behind", "CHECK + b'\\0' * 4096", "NUL"),
        bad("nothing but NULs", "b'\\0' * 4096", "NUL"),
        bad("UTF-8 with a byte order mark", "b'\\xef\\xbb\\xbf' + CHECK", "byte order mark"),
        bad("UTF-16", "CHECK.decode().encode('utf-16-le')", "NUL"),
        bad("UTF-16 with a byte order mark", "CHECK.decode().encode('utf-16')", "not UTF-8"),
        bad("UTF-32", "CHECK.decode().encode('utf-32-be')", "NUL"),
        bad("UTF-32 with a byte order mark", "CHECK.decode().encode('utf-32')", "not UTF-8"),
        bad("UTF-7", "b'+AHs-\"action\": \"check\"}'", "not JSON"),
        bad(
            "text that is no UTF-8",
            "b'{\"action\": \"check\", \"reason\": \"\\xff\\xfe\"}'",
            "not UTF-8"),
        bad(
            "overlong spelling",
            "b'{\"action\": \"check\", \"reason\": \"\\xc0\\xaf\"}'",
            "not UTF-8"),
        bad(
            "raw lone surrogate",
            "b'{\"action\": \"check\", \"reason\": \"\\xed\\xa0\\x80\"}'",
            "not UTF-8"),
        bad(
            "escaped lone surrogate",
            "b'{\"action\": \"check\", \"reason\": \"\\\\ud800\"}'",
            "surrogate"),
        bad(
            "raw control character in a text",
            "b'{\"action\": \"check\", \"reason\": \"\\x1b[2J\"}'",
            "not JSON"),
        bad(
            "key that commands the terminal",
            "text('a', **{'\\x1b[2J\\n00:00:00 ERROR forged': 1})",
            "unknown field"),
        bad("32 containers in one another", "nested(32)", "must be a string"),
        bad("33 containers in one another", "nested(33)", "nests deeper than 32"),
        bad("65,536 open brackets", "b'[' * 65536", "not a JSON object"),
        bad(
            "60,000 open brackets in a field",
            "b'{\"reason\":' + b'[' * 60000",
            "nests deeper than 32"),
        bad(
            "as many keys as there is room for",
            "b'{' + b','.join(b'\"%x\":1' % n for n in range(7000)) + b'}'",
            "unknown field"),
        bad(
            "keys whose hashes are all one",
            "b'{' + b','.join(b'\"%s\":1' % collision(n) for n in range(2048)) + b'}'",
            "unknown field"),
        attempt(
            "text of 65,000 characters",
            "put('1700000000-long.json', text('long', reason='x' * 65000))",
            succeeds("long")),
        attempt(
            "blanks before and behind",
            "put('1700000000-blanks.json', b'\\r\\n\\t ' + CHECK + b'\\n')",
            succeeds("1700000000-blanks")));
  }

  private static HostileCase bad(String name, String bytes, String words) {
    String file = "1700000000-" + name.replaceAll("[^A-Za-z0-9]+", "-");
    return attempt(
        name, "put('" + file + ".json', " + bytes + ")", refused(file, "REQUEST_MALFORMED", words));
  }

  @Test
  void textThatCommandsTheTerminalReachesNone() throws IOException {
    String evil =
        "'\\x1b[2J\\x1b]0;owned\\x07 \\u202egnp.exe \\u2028 \\x9b31m\\r\\n00:00:00 ERROR forged'";
    INBOX.prove(
        attempt(
            "text that commands the terminal",
            "request('evil', reason=" + evil + ", requestedBy=" + evil + ")",
            succeeds("evil")));

    JsonNode result = INBOX.end("evil");
    assertTrue(Results.text(result, "reason").contains("\u001b[2J"), "the result keeps the text");
    assertEquals(List.of(), Printed.unsafeLines(INBOX.web().log(result)));
    for (String verb : List.of("result", "explain", "logs")) {
      Program.Ended ended = INBOX.home().spoolway(verb, "evil");
      assertEquals(List.of(), Printed.unsafeLines(ended.all()), verb);
      assertTrue(ended.all().contains("evil") || verb.equals("logs"), verb + ": " + ended.all());
    }
    for (String verb : List.of("status", "queue", "history")) {
      assertEquals(List.of(), Printed.unsafeLines(INBOX.home().spoolway(verb).all()), verb);
    }
  }
}
