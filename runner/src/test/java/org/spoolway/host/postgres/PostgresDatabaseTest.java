package org.spoolway.host.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;
import org.spoolway.host.DatabaseContract;

/** What every database does, by a real server, which copies or is dumped. */
class PostgresDatabaseTest {

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  @Nested
  class Copied extends Contract {
    @Override
    protected Database database() {
      return notes().database(CopyMethod.COPY);
    }
  }

  @Nested
  class Dumped extends Contract {
    @Override
    protected Database database() {
      return notes().database(CopyMethod.DUMP, DumpProof.RESTORE, Duration.ofSeconds(10));
    }
  }

  abstract static class Contract extends DatabaseContract {

    private final PostgresCluster cluster = POSTGRES.cluster();

    NotesOnPostgres notes() {
      return new NotesOnPostgres(cluster, scratch);
    }

    @BeforeEach
    void removeDatabases() {
      notes().remove();
    }

    @Override
    protected void write(String content) {
      if (!exists()) {
        cluster.sql("postgres", "CREATE DATABASE notes");
        cluster.sql(NotesOnPostgres.NAME, "CREATE TABLE note (text text)");
      }
      cluster.sql(
          NotesOnPostgres.NAME, "DELETE FROM note; INSERT INTO note VALUES ('" + content + "')");
    }

    @Override
    protected @Nullable String read() {
      return exists() ? cluster.sql(NotesOnPostgres.NAME, "SELECT text FROM note") : null;
    }

    private boolean exists() {
      return !cluster
          .sql("postgres", "SELECT 1 FROM pg_database WHERE datname = 'notes'")
          .isEmpty();
    }
  }
}
