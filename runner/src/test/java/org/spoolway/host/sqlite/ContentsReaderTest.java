package org.spoolway.host.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Database.TableRows;

/** What belongs to the form of the data, and what is told of rows. */
class ContentsReaderTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void theSchemaIsWhatReleasesRelyOn(String journal) throws Exception {
    Path path = directory.resolve("notes.db");
    SqliteFile file = SqliteFile.create(path, journal);
    SqliteDatabase database = new SqliteDatabase(path, Clock.systemUTC());
    String schema = database.contents().schema();
    file.execute("INSERT INTO note VALUES('more', 1)");
    assertEquals(schema, database.contents().schema());
    Set<String> schemas = new HashSet<>(Set.of(schema));
    for (String change :
        List.of(
            "ALTER TABLE note ADD COLUMN title",
            "CREATE VIEW titles AS SELECT title FROM note",
            "PRAGMA user_version = 9",
            "CREATE TABLE schema_migrations(name)",
            "INSERT INTO schema_migrations VALUES('0001')")) {
      file.execute(change);
      assertTrue(schemas.add(database.contents().schema()), change);
    }
  }

  @Test
  void ofRowsTheirNumberIsTold() throws Exception {
    Path path = directory.resolve("notes.db");
    SqliteFile file = SqliteFile.create(path, "wal");
    file.execute("CREATE TABLE \"a \"\"b\"\"\"(i)");
    file.execute("INSERT INTO \"a \"\"b\"\"\" VALUES(1), (2)");
    List<TableRows> rows = new SqliteDatabase(path, Clock.systemUTC()).contents().rows();
    assertTrue(rows.contains(new TableRows("a \"b\"", 2, 0, 0)), rows.toString());
    assertEquals(
        List.of(),
        new SqliteDatabase(directory.resolve("none"), Clock.systemUTC()).contents().rows());
  }
}
