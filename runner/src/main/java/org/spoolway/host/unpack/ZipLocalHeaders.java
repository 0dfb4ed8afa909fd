package org.spoolway.host.unpack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The headers in a zip file that stand before each content. Some programs go by them instead of the
 * directory, and would unpack something else if they differed.
 */
final class ZipLocalHeaders {

  private static final int SIGNATURE = 0x04034b50;
  private static final int BYTES = 30;
  private static final int NAME_LENGTH = 26;

  private final ArchiveFile file;

  ZipLocalHeaders(ArchiveFile file) {
    this.file = file;
  }

  /**
   * Looks whether the header before an entry's content has its name too.
   *
   * @throws UnusableArchiveException when it has not
   */
  void requireSameName(ZipArchiveEntry entry, String name) throws IOException {
    byte[] inDirectory = entry.getRawName();
    ByteBuffer header = read(entry.getLocalHeaderOffset(), BYTES);
    boolean isOne = header.limit() == BYTES && header.getInt(0) == SIGNATURE;
    int length = isOne ? Short.toUnsignedInt(header.getShort(NAME_LENGTH)) : -1;
    if (length == inDirectory.length) {
      ByteBuffer inHeader = read(entry.getLocalHeaderOffset() + BYTES, length);
      if (inHeader.equals(ByteBuffer.wrap(inDirectory))) {
        return;
      }
    }
    throw new UnusableArchiveException(
        Names.shown(name) + " is another name than the one that stands before its content");
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(from);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = file.read(bytes);
    }
    return bytes.flip();
  }
}
