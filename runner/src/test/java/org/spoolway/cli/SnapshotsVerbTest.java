package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.FakeDatabase;

class SnapshotsVerbTest {

  @TempDir private Path directory;

  @Test
  void snapshotsAreListedAndCanBeRestored() throws Exception {
    Home home = Home.withNotes(directory);
    home.deployment("notes", "[database]\ntype = \"sqlite\"\npath = \"shared/notes.db\"\n");
    FakeDatabase database = FakeDatabase.inMemory();
    home.machine.database = database;
    database.write("before");
    assertEquals(new FakeMachine.Ran(0, "there is no snapshot yet\n", ""), home.run("snapshots"));
    home.run("enqueue", "notes", "update", "--version", "1.0.0");
    home.run("enqueue", "notes", "backup", "--id", "copy");
    home.drain();
    List<String> rows = home.run("snapshots", "notes").out().lines().toList();
    assertTrue(rows.get(1).matches("notes +2-1.0.0 +1.0.0 .* B +backup"), rows::toString);
    String json = home.run("snapshots", "--json").out();
    assertTrue(json.contains("\"name\" : \"2-1.0.0\""), json);
    assertTrue(
        home.run("result", "copy").out().contains("the data are in snapshot 2-1.0.0"),
        home.run("result", "copy").out());
    database.write("after");
    home.run("enqueue", "notes", "restore", "2-1.0.0", "--id", "back");
    home.drain();
    String back = home.run("result", "back").out();
    assertEquals("before", database.content(), back);
    assertTrue(
        back.contains(
            "succeeded: the data of snapshots/2-1.0.0 are in place;"
                + " those before are kept in snapshots/3-1.0.0"),
        back);
  }

  @Test
  void wrongFileHidesOnlyItsOwnSnapshots() throws Exception {
    Home home = Home.withNotes(directory);
    home.deployment("wiki", "[biuld]\n");
    FakeMachine.Ran all = home.run("snapshots");
    assertEquals("there is no snapshot yet\n", all.out());
    assertTrue(all.err().contains("wiki.toml"), all.err());
    assertEquals(ExitCode.USAGE.code(), all.code());
    assertEquals(0, home.run("snapshots", "notes").code());
    assertEquals("", home.run("snapshots", "wiki").out());
  }
}
