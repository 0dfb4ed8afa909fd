package org.spoolway.host.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The file that the service prints to: only ever appended to, and set aside when it is large. */
final class ServiceLog {

  private static final long ROTATE_BYTES = 10L * 1024 * 1024;
  private static final int TAIL_BYTES = 4 * 1024;
  private static final int TAIL_LINES = 20;
  private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}&&[^\\n\\t]]");

  private final Path file;

  ServiceLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * Makes it ready for a start.
   *
   * @return where the start's output will begin, in bytes
   */
  long begin() throws IOException {
    if (Files.exists(file) && Files.size(file) > ROTATE_BYTES) {
      Path aside = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return Files.size(file);
    }
    return 0;
  }

  /**
   * The last 20 lines or 4 KiB, in printable characters.
   *
   * @param from where to begin at the earliest, in bytes
   */
  String tail(long from) throws IOException {
    byte[] bytes;
    boolean cut;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      // A log that became shorter than it was is another one, all of which is newer.
      long earliest = from > channel.size() ? 0 : from;
      long start = Math.max(earliest, channel.size() - TAIL_BYTES);
      cut = start > earliest;
      ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - start));
      while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {}
      bytes = Arrays.copyOf(buffer.array(), buffer.position());
    } catch (NoSuchFileException e) {
      return "";
    }
    return lastLines(printable(new String(bytes, StandardCharsets.UTF_8)), cut);
  }

  private static String printable(String text) {
    String plain = TERMINAL_SEQUENCE.matcher(text.replace("\r", "")).replaceAll("");
    return UNPRINTABLE.matcher(plain).replaceAll("\uFFFD");
  }

  private static String lastLines(String text, boolean cut) {
    List<String> lines = text.lines().toList();
    // The first of several was cut somewhere in its middle.
    int first = Math.max(cut && lines.size() > 1 ? 1 : 0, lines.size() - TAIL_LINES);
    return String.join("\n", lines.subList(first, lines.size()));
  }
}
