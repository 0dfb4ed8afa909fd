package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

/** Whatever a writer of an inbox puts into a request, a terminal shows it and does not obey it. */
class ForeignTextTest {

  private static final long NOON = 1_795_262_400L;

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
    home.deployment("notes", Home.TWO_ORIGINS);
    home.drain();
  }

  private static final List<String> TEXTS =
      List.of(
          "\u001b[2J\u001b[31mred", // clears the screen
          "\u001b]0;title\u0007", // sets the window's title
          "\u001bP$q\u001b\\", // asks the terminal to type an answer
          "\u009b31m\u009d0;t\u009c", // the same in one character
          "all is well\rspoolway", // goes back to overwrite the line
          "a\nnotes  update  succeeded", // forges a row
          "a\u2028b\u2029c\u0085d\u000be\f", // ends lines otherwise
          "\u202egnp.exe\u2066x\u2069", // turns text around
          "in\u200bvi\u200dsi\u00adble\ufeff", // cannot be seen
          "\b\b\b\u007f\u0000", // takes away what was there
          "\udb40\udc41 tag"); // a tag character

  @Test
  void aTerminalShowsWhatWasAskedAndObeysNoneOfIt() throws Exception {
    for (int i = 0; i < TEXTS.size(); i++) {
      String said = quoted(TEXTS.get(i));
      drop((NOON + i) + "-one.json", "\"id\":\"one" + i + "\"," + said);
      String stranger = ",\"" + escaped(TEXTS.get(i)) + "\":1";
      drop((NOON + i) + "-bad.json", "\"id\":\"bad" + i + "\"," + said + stranger);
      drop((NOON + i) + "-held.json", "\"notBefore\":\"2999-01-01T00:00:00Z\"," + said);
      touch("update." + TEXTS.get(i).replace("\0", ""));
    }
    assertObeyedByNone("queue", "status", "queue --json", "status --json");
    home.drain();
    assertObeyedByNone("queue", "status", "history", "queue --json", "history --json");
    int told = 0;
    for (String id : told()) {
      assertObeyedByNone("explain " + id, "result " + id, "logs " + id, "result --json " + id);
      told++;
    }
    assertEquals(5 * TEXTS.size(), told);
  }

  @Test
  void aTerminalShowsWhatWasTypedAndObeysNoneOfIt() {
    for (String text : TEXTS) {
      String word = text.replace(' ', '_').replace("\0", "");
      assertObeyedByNone(
          "result " + word, "explain " + word, "logs " + word, "history " + word, word);
    }
  }

  @Test
  void aTerminalShowsWhatCommandsPrintedAndObeysNoneOfIt() throws Exception {
    for (String text : TEXTS) {
      Result result =
          Home.update("first", Outcome.SUCCEEDED, null, Home.step("fetch", "done", "a" + text));
      home.tell(result);
      home.log(result, "$ make " + text + "\n");
      assertObeyedByNone("explain first", "result first", "logs first", "result first --json");
    }
  }

  /** The ids of all requests that have a result. */
  private List<String> told() throws IOException {
    try (Stream<Path> results = Files.list(home.spool().result("web", "x").getParent())) {
      return results.map(it -> it.getFileName().toString().replaceAll("\\.json$", "")).toList();
    }
  }

  private void assertObeyedByNone(String... commands) {
    Map<String, String> obeyed = new TreeMap<>();
    for (boolean terminal : new boolean[] {false, true}) {
      home.machine.environment.put("NO_COLOR", "1");
      home.machine.terminal = terminal;
      for (String command : commands) {
        FakeMachine.Ran ran = home.run(command.split(" ", -1));
        assertTrue(ran.code() != ExitCode.BUG.code(), ran::err);
        (ran.out() + ran.err())
            .codePoints()
            .filter(c -> c != '\n' && isObeyed(c))
            .forEach(c -> obeyed.put(command, String.format("U+%04X", c)));
      }
    }
    home.machine.terminal = false;
    assertEquals(Map.of(), obeyed);
  }

  private static boolean isObeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private void drop(String name, String fields) throws IOException {
    Path inbox = home.spool().inbox("web");
    Files.writeString(inbox.resolve(name), "{" + fields + ",\"action\":\"update\"}");
  }

  /** Once as it should be, and once with content, which is refused. */
  private void touch(String name) throws IOException {
    Path inbox = home.spool().inbox("web");
    Files.createFile(inbox.resolve(name + "x"));
    Files.writeString(inbox.resolve(name + "y"), "content");
  }

  private static String quoted(String text) {
    String escaped = escaped(text);
    return "\"reason\":\"" + escaped + "\",\"requestedBy\":\"" + escaped + "\"";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
    return escaped.toString();
  }
}
