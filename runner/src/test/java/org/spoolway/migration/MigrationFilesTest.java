package org.spoolway.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class MigrationFilesTest {

  private static final SqlFiles SQL = new SqlFiles("db/migrations/*.sql", null, null);

  @TempDir private Path release;

  @Test
  void filesComeInTheOrderOfTheirNamesAndOthersAreLeftAlone() throws Exception {
    for (String name : List.of("0010_b.sql", "0002_a.sql", "README", ".0003.sql", "9.sql.orig")) {
      write(name, "SELECT 1;");
    }
    Files.createDirectory(release.resolve("db/migrations/old"));
    assertEquals(
        List.of(
            new MigrationFile(
                "0002_a.sql",
                release.resolve("db/migrations/0002_a.sql"),
                "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a",
                Transaction.OWN),
            new MigrationFile(
                "0010_b.sql",
                release.resolve("db/migrations/0010_b.sql"),
                "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a",
                Transaction.OWN)),
        MigrationFiles.in(release, SQL));
    assertEquals(List.of("0002_a.sql", "0010_b.sql"), MigrationFiles.names(release, SQL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'-- spoolway: no-transaction\nVACUUM;' | NONE",
        "'\ufeff-- spoolway: no-transaction\r\nVACUUM;' | NONE",
        "'\n-- An index for the search.\n\n--spoolway:no-transaction\nVACUUM;' | NONE",
        "'SELECT 1;\n-- spoolway: no-transaction' | OWN",
        "'/* spoolway: no-transaction */' | OWN",
        "'' | OWN",
      })
  void theFirstCommentsSayWhetherThereIsATransaction(String text, Transaction expected)
      throws Exception {
    write("1.sql", text);
    assertEquals(expected, MigrationFiles.in(release, SQL).get(0).transaction());
  }

  @Test
  void whatTheySayIsKnownOrRefused() throws IOException {
    write("1.sql", "-- spoolway: no-transation\n");
    assertRefused(
        "cannot use the migration db/migrations/1.sql: it says `no-transation`, which means"
            + " nothing");
  }

  @Test
  void aNameThatOthersCouldReadDifferentlyIsRefused() throws IOException {
    write("1 a.sql", "");
    assertRefused("cannot use the migration db/migrations/1 a.sql: its name has other characters");
  }

  @Test
  void whatIsNoFileOfTheReleaseIsRefused() throws IOException {
    write("0.sql", "");
    Files.createSymbolicLink(release.resolve("db/migrations/1.sql"), Path.of("/etc/passwd"));
    assertRefused("cannot use the migration db/migrations/1.sql: it is no plain file");
  }

  @Test
  void aReleaseWithoutAnyIsRefused() throws IOException {
    assertRefused("cannot migrate with " + release + ": it has no file db/migrations/*.sql");
    Files.createDirectories(release.resolve("elsewhere/migrations"));
    Files.writeString(release.resolve("elsewhere/migrations/1.sql"), "");
    Files.createSymbolicLink(release.resolve("db"), Path.of("elsewhere"));
    assertRefused("cannot migrate with " + release + ": it has no file db/migrations/*.sql");
  }

  private void assertRefused(String message) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> MigrationFiles.in(release, SQL));
    assertEquals(Problem.MIGRATION_REFUSED, refused.problem());
    assertEquals(message, refused.getMessage());
  }

  private void write(String name, String text) throws IOException {
    Path file = release.resolve("db/migrations").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
