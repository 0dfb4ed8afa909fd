package org.spoolway.host.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.spoolway.host.Database;
import org.spoolway.host.DatabaseContract;

class SqliteDatabaseTest {

  @Nested
  class WithRollbackJournal extends Contract {
    @Override
    String journalMode() {
      return "delete";
    }
  }

  @Nested
  class WithPersistentJournal extends Contract {
    @Override
    String journalMode() {
      return "persist";
    }
  }

  @Nested
  class WithWriteAheadLog extends Contract {
    @Override
    String journalMode() {
      return "wal";
    }
  }

  @Nested
  class DelegatedWithRollbackJournal extends WithRollbackJournal {
    @Override
    protected Database database() {
      return new DelegatedDatabase(path(), Delegates.here());
    }
  }

  @Nested
  class DelegatedWithWriteAheadLog extends WithWriteAheadLog {
    @Override
    protected Database database() {
      return new DelegatedDatabase(path(), Delegates.here());
    }
  }

  abstract static class Contract extends DatabaseContract {
    abstract String journalMode();

    @Override
    protected Database database() {
      return new SqliteDatabase(path(), Clock.systemUTC());
    }

    @Override
    protected void write(String content) throws SQLException {
      if (!Files.exists(path())) {
        SqliteFile.create(path(), journalMode());
      }
      new SqliteFile(path())
          .execute(
              "PRAGMA journal_mode = " + journalMode(),
              "DELETE FROM note",
              "INSERT INTO note VALUES('" + content + "', randomblob(20000))");
    }

    @Override
    protected @Nullable String read() throws SQLException {
      return Files.exists(path())
          ? String.join("\n", new SqliteFile(path()).query("SELECT text FROM note"))
          : null;
    }

    Path path() {
      return scratch.resolve("a data%20base? #1 ü.db");
    }
  }
}
