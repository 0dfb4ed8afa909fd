package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Database;
import org.spoolway.host.Database.CopyMethod;
import org.spoolway.problem.ProblemException;

/** How a server is reached. */
class ConnectionTest {

  private static final String PASSWORD = "a \\ pass:word's";

  @TempDir Path scratch;

  @Test
  void byItsSocketAsTheAccountThatIsTheRole() throws Exception {
    try (PostgresCluster cluster = PostgresCluster.start(PostgresOptions.usual().withPeer())) {
      NotesOnPostgres notes = new NotesOnPostgres(cluster, scratch);
      notes.create();
      goBack(notes, notes.database(CopyMethod.COPY));
    }
  }

  @Test
  void byItsPortWithAPasswordThatIsOnNoCommandLine() throws Exception {
    try (PostgresCluster cluster =
        PostgresCluster.start(PostgresOptions.usual().withPassword(PASSWORD.replace("'", "''")))) {
      NotesOnPostgres notes = new NotesOnPostgres(cluster, scratch);
      notes.create();
      Path passfile = passfile(cluster, PASSWORD);
      goBack(notes, notes.databaseAs(cluster.superuser(), passfile, "127.0.0.1"));
      Path wrong = passfile(cluster, "other");
      Database refused = notes.databaseAs(cluster.superuser(), wrong, "127.0.0.1");
      ProblemException told = assertThrows(ProblemException.class, refused::requireReady);
      assertTrue(told.getMessage().contains("password"), told.getMessage());
    }
  }

  private static void goBack(NotesOnPostgres notes, Database database) throws Exception {
    Path snapshot = notes.data("1");
    assertTrue(database.requireReady().method().startsWith("the server copies it: "));
    database.snapshot(snapshot);
    notes.sql("DELETE FROM note");
    database.restore(snapshot, notes.data("2"));
    assertEquals("one", notes.sql("SELECT text FROM note"));
  }

  /** In libpq's form, and the account's own. */
  private Path passfile(PostgresCluster cluster, String password) throws IOException {
    Path file = Files.createTempFile("pgpass", null);
    file.toFile().deleteOnExit();
    String escaped = password.replace("\\", "\\\\").replace(":", "\\:");
    Files.writeString(file, "127.0.0.1:*:*:*:" + escaped + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (cluster.account() != null) {
      Files.setOwner(
          file,
          file.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(cluster.account()));
    }
    return file;
  }
}
