package org.spoolway.host.unpack;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.source.ArchiveFormat;

/** The entries of an archive, in its order, without what is no entry. */
interface PackedEntries extends Closeable {

  /**
   * The next entry, or null after the last one, when the archive was found whole.
   *
   * @throws UnusableArchiveException when it is not what archives are like
   */
  @Nullable PackedEntry next() throws IOException;

  /** Opens an archive of a format. */
  static PackedEntries open(ArchiveFile file, ArchiveFormat format) throws IOException {
    return format == ArchiveFormat.ZIP
        ? ZipEntries.open(file)
        : new TarEntries(Decompression.open(file, format));
  }
}
