package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a database and what SQLite keeps beside it lie, and how these files begin and end.
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

  private static final byte[] BEGINNING = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /**
   * The last bytes of a journal that names another one, of a transaction over several databases.
   */
  private static final byte[] SUPER_JOURNAL = {
    (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
  };

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

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

  /** Whether its own file is a database; an empty one is. */
  boolean isDatabase() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(main(), READ)) {
      return channel.size() == 0 || Arrays.equals(BEGINNING, bytes(channel, BEGINNING.length));
    }
  }

  /** Whether the journal has done its duty: some applications keep it, its beginning zeroed. */
  boolean isJournalSpent() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(part(JOURNAL), READ)) {
      return channel.size() == 0 || bytes(channel, 1)[0] == 0;
    }
  }

  /** Whether rolling the journal back would touch a file that it names. */
  boolean journalNamesAnother() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(part(JOURNAL), READ)) {
      long start = channel.size() - SUPER_JOURNAL.length;
      return start >= 0
          && Arrays.equals(SUPER_JOURNAL, bytes(channel.position(start), SUPER_JOURNAL.length));
    }
  }

  private static byte[] bytes(SeekableByteChannel channel, int count) throws IOException {
    return Channels.newInputStream(channel).readNBytes(count);
  }
}
