package org.spoolway.host.postgres;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.host.Database.DumpProof;
import org.spoolway.host.DatabaseContract;

/** What every database does, by a real server, which copies or is dumped. */
class PostgresDatabaseTest {

  private static PostgresCluster cluster;

  @BeforeAll
  static void start() {
    cluster = PostgresCluster.start(PostgresOptions.usual());
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Nested
  class Copied extends Contract {
    @Override
    protected Database database() {
      return new NotesOnPostgres(cluster, scratch).database(CopyMethod.COPY);
    }
  }

  @Nested
  class Dumped extends Contract {
    @Override
    protected Database database() {
      return new NotesOnPostgres(cluster, scratch)
          .database(CopyMethod.DUMP, DumpProof.RESTORE, Duration.ofSeconds(10));
    }
  }

  abstract static class Contract extends DatabaseContract {

    @BeforeEach
    void removeDatabases() {
      new NotesOnPostgres(cluster, scratch).remove();
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

    private static boolean exists() {
      return !cluster
          .sql("postgres", "SELECT 1 FROM pg_database WHERE datname = 'notes'")
          .isEmpty();
    }
  }
}
