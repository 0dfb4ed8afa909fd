package org.spoolway.host.unpack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * What is in one file of a zip, checked at its end by size and checksum, which the library leaves.
 */
final class ZipContent extends FilterInputStream {

  private final ZipArchiveEntry entry;
  private final CRC32 sum = new CRC32();
  private long count;

  ZipContent(InputStream unpacked, ZipArchiveEntry entry) {
    super(Decompression.blaming(unpacked));
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read >= 0) {
      sum.update(buffer, offset, read);
      count += read;
    } else if (count != entry.getSize() || sum.getValue() != entry.getCrc()) {
      throw new UnusableArchiveException(
          Names.shown(Names.decoded(entry.getRawName()))
              + " is damaged: its content is not what its checksum says");
    }
    return read;
  }
}
