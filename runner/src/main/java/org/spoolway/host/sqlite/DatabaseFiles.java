package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a database and what SQLite keeps beside it lie.
 *
 * @param directory holds them all
 * @param name of the database's file
 */
record DatabaseFiles(Path directory, String name) {

  /** The database's own file. */
  static final String MAIN = "";

  /** What undoes a transaction that was cut short; the database is damaged without it. */
  static final String JOURNAL = "-journal";

  /** In WAL mode: transactions that are not yet in the database's file. */
  static final String WAL = "-wal";

  /** In WAL mode: an index of the latter, made anew when missing. */
  static final String SHM = "-shm";

  /**
   * In the order in which they are put aside: what is left behind is never a database by itself.
   */
  static final List<String> PARTS = List.of(MAIN, JOURNAL, WAL, SHM);

  /** What SQLite keeps beside the database's own file. */
  static final List<String> BESIDE = List.of(JOURNAL, WAL, SHM);

  static DatabaseFiles of(Path file) {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path name = absolute.getFileName();
    if (directory == null || name == null) {
      throw new IllegalArgumentException(file + " names no file");
    }
    return new DatabaseFiles(directory, name.toString());
  }

  /** The same name elsewhere. */
  DatabaseFiles in(Path other) {
    return new DatabaseFiles(other, name);
  }

  Path main() {
    return part(MAIN);
  }

  Path part(String suffix) {
    return directory.resolve(name + suffix);
  }

  /** Removes the database and everything beside it. */
  void deleteAll(Disk disk) throws IOException {
    for (String part : PARTS) {
      disk.delete(part(part));
    }
  }

  /** The database's file, with no link in the path: SQLite is told to follow none. */
  Path resolved() throws IOException {
    return directory.toRealPath().resolve(name);
  }
}
