package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryVerbTest {

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Home.withNotes(directory);
  }

  private void update(String version) throws IOException {
    home.run("enqueue", "notes", "update", "--version", version, "--id", "to-" + version);
    home.drain();
  }

  @Test
  void nothingHasHappenedAtFirst() {
    assertEquals(
        new FakeMachine.Ran(0, "nothing has happened yet\n", ""), home.run("history", "notes"));
    assertEquals(new FakeMachine.Ran(0, "[ ]\n", ""), home.run("history", "--json"));
  }

  @Test
  void newestComesFirst() throws Exception {
    update("1.0.0");
    update("1.1.0");
    List<String> rows = home.run("history").out().lines().toList();
    assertEquals(3, rows.size());
    assertTrue(
        rows.get(1)
            .matches("notes +update +1.0.0 +1.1.0 +succeeded .* operator \\(ada\\) +to-1.1.0"),
        rows::toString);
    assertTrue(
        rows.get(2).matches("notes +update +- +1.0.0 +succeeded .* operator \\(ada\\) +to-1.0.0"),
        rows::toString);
    assertEquals(2, home.run("history", "--last", "1").out().lines().count());
  }

  @Test
  void whoAskedIsTheInboxAndTheNameThatWasGiven() throws Exception {
    home.deployment("notes", Home.TWO_ORIGINS);
    home.run("enqueue", "notes", "check", "--origin", "web");
    home.drain();
    Files.createFile(home.spool().inbox("web").resolve("update@1.0.0"));
    home.drain();
    Files.writeString(
        home.spool().inbox("web").resolve("1795255200-a.json"),
        "{\"action\":\"update\",\"requestedBy\":\"Ann\\u001b[31m\\nB\"}");
    home.drain();
    List<String> rows = home.run("history").out().lines().toList();
    assertTrue(rows.get(1).contains("  web (Ann\\u001b[31m B)  "), rows::toString);
    assertTrue(rows.get(2).matches(".*  web  +[^ (]+"), rows::toString);
  }

  @Test
  void longNameDoesNotWidenTheTable() throws Exception {
    home.deployment("notes", Home.TWO_ORIGINS);
    home.run("run", "--drain");
    Files.writeString(
        home.spool().inbox("web").resolve("1795255200-a.json"),
        "{\"action\":\"update\",\"requestedBy\":\"" + "\ud83d\ude00".repeat(1000) + "\"}");
    home.drain();
    String row = home.run("history").out().lines().toList().get(1);
    assertTrue(row.contains("  web (" + "\ud83d\ude00".repeat(31) + "\u2026)  "), row);
  }

  @Test
  void programsGetEveryField() throws Exception {
    update("1.0.0");
    String json = home.run("history", "notes", "--json").out();
    assertTrue(json.startsWith("[ {\n  \"deployment\" : \"notes\",\n  \"sequence\" : 1"), json);
    assertTrue(json.contains("\"state\" : \"succeeded\""), json);
  }

  @Test
  void releasesAreListedWithTheLiveOne() throws Exception {
    assertEquals(
        new FakeMachine.Ran(0, "no release is on this host yet\n", ""), home.run("releases"));
    update("1.0.0");
    update("1.1.0");
    List<String> rows = home.run("releases", "notes").out().lines().toList();
    assertTrue(rows.get(1).matches("notes +1.1.0 +live .*/releases/1.1.0"), rows::toString);
    assertTrue(rows.get(2).matches("notes +1.0.0  .*/releases/1.0.0"), rows::toString);
    String json = home.run("releases", "--json").out();
    assertTrue(json.contains("\"version\" : \"1.1.0\",\n  \"live\" : true"), json);
    assertTrue(
        json.contains("\"directory\" : \"" + directory + "/roots/notes/releases/1.1.0\""), json);
  }

  @Test
  void wrongFileHidesOnlyItsOwnReleases() throws Exception {
    update("1.0.0");
    home.deployment("wiki", "[biuld]\n");
    FakeMachine.Ran all = home.run("releases");
    assertTrue(all.out().contains("notes       1.0.0"), all.out());
    assertTrue(all.err().contains("wiki.toml") && all.err().contains("\nFix: "), all.err());
    assertEquals(ExitCode.USAGE.code(), all.code());
    assertTrue(home.run("releases", "--json").out().contains("\"version\" : \"1.0.0\""));
    assertEquals(0, home.run("releases", "notes").code());
    assertEquals("", home.run("releases", "wiki").out());
  }
}
