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
import java.util.Set;

/** How files of SQLite begin and end. */
final class FileHeader {

  private static final byte[] DATABASE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /**
   * The last bytes of a journal that names another one, of a transaction over several databases.
   */
  private static final byte[] SUPER_JOURNAL = {
    (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
  };

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private FileHeader() {}

  /** Whether a file is a database; an empty one is. */
  static boolean isDatabase(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
      return channel.size() == 0 || Arrays.equals(DATABASE, bytes(channel, DATABASE.length));
    }
  }

  /** Whether a journal has done its duty: some applications keep it, its beginning zeroed. */
  static boolean isSpent(Path journal) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(journal, READ)) {
      return channel.size() == 0 || bytes(channel, 1)[0] == 0;
    }
  }

  /** Whether rolling a journal back would touch a file that the journal names. */
  static boolean namesSuperJournal(Path journal) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(journal, READ)) {
      long start = channel.size() - SUPER_JOURNAL.length;
      return start >= 0
          && Arrays.equals(SUPER_JOURNAL, bytes(channel.position(start), SUPER_JOURNAL.length));
    }
  }

  private static byte[] bytes(SeekableByteChannel channel, int count) throws IOException {
    return Channels.newInputStream(channel).readNBytes(count);
  }
}
