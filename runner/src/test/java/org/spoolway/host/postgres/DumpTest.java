package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What a dump needs, and what is not taken for one. */
class DumpTest {

  private static final Complaint COMPLAINT =
      new Complaint(Problem.SNAPSHOT_FAILED, "copy", "notes");

  @TempDir Path directory;

  @Test
  void aServerThatIsNewerThanPgDumpIsToldBeforehand() throws Exception {
    Dump dump = dump(new Told("pg_dump (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"));
    assertDoesNotThrow(() -> dump.requireFitting(15));
    assertDoesNotThrow(() -> dump.requireFitting(13));
    ProblemException refused = assertThrows(ProblemException.class, () -> dump.requireFitting(17));
    assertEquals(
        "cannot copy the database notes: the server is of version 17, and there is only pg_dump"
            + " (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)",
        refused.getMessage());
    assertEquals(
        "Install the client programs of the server's version: postgresql-client-17.",
        refused.fix());
  }

  @Test
  void oneThatListsNothingIsNoDump() {
    Dump dump = dump(new Told(";\n; Archive created at some time\n;\n"));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> dump.write("notes", directory, 15));
    assertEquals(
        "cannot copy the database notes: pg_dump has written nothing", refused.getMessage());
  }

  @Test
  void aFileThatHasChangedIsNoticed() throws Exception {
    Dump dump = dump(new Told("1; table note\n"));
    SnapshotRecord record = SnapshotRecord.dump(facts(), dump.write("notes", directory, 15));
    assertDoesNotThrow(() -> dump.requireWhole(record, directory));
    Files.writeString(directory.resolve("dump/toc.dat"), "other");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> dump.requireWhole(record, directory));
    assertEquals(
        "cannot copy the database notes: the dump "
            + directory.resolve("dump")
            + " does not fit its checksums; nothing was changed",
        refused.getMessage());
  }

  private Dump dump(ClientPrograms programs) {
    return new Dump(programs, new Binaries(directory.resolve("none")), Map.of(), COMPLAINT);
  }

  private static DatabaseFacts facts() {
    return new DatabaseFacts(
        1,
        "notes",
        "owner",
        true,
        -1,
        "pg_default",
        null,
        null,
        List.of(),
        List.of(),
        new DatabaseFacts.Place("UTF8", "C", "C", "c", null, null));
  }

  /** Says the same whatever it is asked, and writes one file where it is told to write. */
  private record Told(String output) implements ClientPrograms {

    @Override
    public Answer run(Call call) throws IOException {
      int file = call.arguments().indexOf("-f");
      if (file >= 0) {
        Files.writeString(Path.of(call.arguments().get(file + 1)).resolve("toc.dat"), "contents");
      }
      return new Answer(0, output, "");
    }

    @Override
    public void give(Path given) {}

    @Override
    public void takeBack(Path given) {}
  }
}
