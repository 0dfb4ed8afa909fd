package org.spoolway.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/** A journal in a file. */
public final class JournalFile implements Journal, Closeable {

  private static final int CRC_LENGTH = 8;

  private final Path file;
  private final FileChannel channel;
  private final List<JournalEntry> entries;

  private JournalFile(Path file, FileChannel channel, List<JournalEntry> entries) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
  }

  /** A journal that could not be read whole: not a torn tail, but damage. */
  public static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean unfinished;

    Damaged(Path file, int line, boolean unfinished) {
      super("cannot read journal " + file + ": line " + line + " is damaged");
      this.unfinished = unfinished;
    }

    /**
     * Whether a crash cut even the first entry short, so that nothing can have been done or told.
     */
    public boolean isUnfinished() {
      return unfinished;
    }
  }

  /**
   * Starts a journal; when this returns its first entry survives a power cut, and its name does
   * once the caller has forced the directory, which one call can do for many journals.
   *
   * @throws IOException also when the file exists
   */
  public static JournalFile create(Path file, JournalEntry.Accepted accepted) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    JournalFile journal = new JournalFile(file, channel, new ArrayList<>());
    try {
      journal.append(accepted);
      return journal;
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Opens a journal to go on with it. A torn tail, which is an append that a crash cut short, is
   * cut off.
   *
   * @throws Damaged when more than the tail is unreadable, or there is not even an acceptance
   * @throws NewerJournalException when a newer runner has begun it
   */
  public static JournalFile open(Path file) throws IOException {
    return open(file, null);
  }

  /**
   * Opens the journal of a job that waits, to go on with it.
   *
   * @param accepted its first entry, which is known and needs no parsing
   * @throws Damaged when more than the tail is unreadable, or there is not even an acceptance
   */
  public static JournalFile open(Path file, JournalEntry.@Nullable Accepted accepted)
      throws IOException {
    Content content = parse(file, accepted);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(content.length());
    channel.position(content.length());
    return new JournalFile(file, channel, new ArrayList<>(content.entries()));
  }

  /**
   * Opens a journal that a crash or a failing disk has cut short, to go on with it. What it holds
   * is written anew: the kernel may have lost what it could not write once, and say so only once.
   *
   * @throws Damaged when more than the tail is unreadable, or there is not even an acceptance
   */
  public static JournalFile resume(Path file) throws IOException {
    byte[] whole = Arrays.copyOf(Files.readAllBytes(file), (int) parse(file, null).length());
    DurableFiles.replace(file, whole, "rw-------");
    return open(file);
  }

  /** Makes what is in a journal survive a power cut, also when its writer died before he could. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }

  /** Whether a name in the directory of journals is one's; a write that was cut short is hidden. */
  public static boolean isJournal(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }

  /**
   * Reads a journal that another process may be writing.
   *
   * @throws Damaged when more than the tail is unreadable, or there is not even an acceptance
   * @throws NewerJournalException when a newer runner has begun it
   */
  public static List<JournalEntry> read(Path file) throws IOException {
    return parse(file, null).entries();
  }

  /** The request of a journal that is damaged further on, or empty when even that is lost. */
  public static Optional<JournalEntry.Accepted> acceptance(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = nextLine(bytes, 0);
    return end >= 0 && decode(bytes, 0, end) instanceof JournalEntry.Accepted accepted
        ? Optional.of(accepted)
        : Optional.empty();
  }

  private record Content(List<JournalEntry> entries, long length) {}

  private static Content parse(Path file, JournalEntry.@Nullable Accepted first)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    requireKnownFormat(file, bytes);
    List<JournalEntry> entries = new ArrayList<>();
    int start = 0;
    for (int end = nextLine(bytes, start); end >= 0; end = nextLine(bytes, start)) {
      boolean known = first != null && entries.isEmpty() && json(bytes, start, end) != null;
      JournalEntry entry = known ? first : decode(bytes, start, end);
      if (entry == null) {
        requireTornTail(file, bytes, start, entries.size() + 1);
        break;
      }
      entries.add(entry);
      start = end + 1;
    }
    if (entries.isEmpty() || !(entries.get(0) instanceof JournalEntry.Accepted)) {
      throw new Damaged(file, 1, entries.isEmpty());
    }
    return new Content(entries, start);
  }

  private static void requireKnownFormat(Path file, byte[] bytes) throws NewerJournalException {
    int end = nextLine(bytes, 0);
    byte[] json = end < 0 ? null : json(bytes, 0, end);
    int format = json == null ? JournalFormat.KNOWN : JournalFormat.of(json);
    if (format > JournalFormat.KNOWN) {
      throw new NewerJournalException(file, format);
    }
  }

  /**
   * What was never forced may be lost in any order; a forced entry proves that all before it was on
   * disk. It is looked for at every byte, since the damage may be to a line's end.
   */
  private static void requireTornTail(Path file, byte[] bytes, int from, int line) throws Damaged {
    int start = from;
    for (int end = nextLine(bytes, start); end >= 0; end = nextLine(bytes, start)) {
      for (; start < end; start++) {
        JournalEntry later = decode(bytes, start, end);
        if (later != null && later.forced()) {
          throw new Damaged(file, line, false);
        }
      }
      start = end + 1;
    }
  }

  private static int nextLine(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable JournalEntry decode(byte[] bytes, int start, int end) {
    byte[] json = json(bytes, start, end);
    if (json == null) {
      return null;
    }
    try {
      return SchemaJson.read(json, JournalEntry.class);
    } catch (SchemaJson.Malformed foreign) {
      return null;
    }
  }

  /** What a line holds, or null when it is damaged. */
  private static byte @Nullable [] json(byte[] bytes, int start, int end) {
    if (end - start <= CRC_LENGTH + 1 || bytes[start + CRC_LENGTH] != ' ') {
      return null;
    }
    byte[] json = Arrays.copyOfRange(bytes, start + CRC_LENGTH + 1, end);
    String crc = new String(bytes, start, CRC_LENGTH, StandardCharsets.US_ASCII);
    return crc.equals(crc(json)) ? json : null;
  }

  private static String crc(byte[] json) {
    CRC32C crc = new CRC32C();
    crc.update(json, 0, json.length);
    return HexFormat.of().toHexDigits(crc.getValue(), CRC_LENGTH);
  }

  @Override
  public void append(JournalEntry entry) throws IOException {
    byte[] json = SchemaJson.line(entry).getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(CRC_LENGTH + 1 + json.length + 1);
    buffer
        .put(crc(json).getBytes(StandardCharsets.US_ASCII))
        .put((byte) ' ')
        .put(json)
        .put((byte) '\n');
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    if (entry.forced()) {
      channel.force(false);
    }
    entries.add(entry);
  }

  @Override
  public List<JournalEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Where it lies. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
