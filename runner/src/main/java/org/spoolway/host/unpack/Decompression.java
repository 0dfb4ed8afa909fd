package org.spoolway.host.unpack;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.spoolway.source.ArchiveFormat;

/** Undoes the compression of an archive, to the end of its last member, with its checksums. */
final class Decompression {

  /** Enough for {@code xz -9}, and not too much for the runner's heap of 256 MB. */
  static final int MEMORY_KIB = 80 << 10;

  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * No format needs to read more before something comes out, or the archive ends. A library that
   * keeps what it has read meanwhile, such as a name in gzip's head, would take the whole heap.
   */
  private static final long MOST_AT_ONCE = 4 << 20;

  private static final String NOTHING_OUT = "it holds megabytes of which nothing comes out";

  private Decompression() {}

  /**
   * What is packed in a file.
   *
   * @throws UnusableArchiveException when it is not of this format; later reads throw it too
   * @throws IOException when it cannot be read, or zstd's library not be loaded
   */
  static InputStream open(ArchiveFile file, ArchiveFormat format) throws IOException {
    InputStream packed = new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES);
    try {
      file.allow(MOST_AT_ONCE, NOTHING_OUT);
      return new Watched(file, blaming(unpacked(packed, format)));
    } catch (IOException e) {
      throw UnusableArchiveException.of(e);
    } catch (LinkageError e) {
      throw new IOException(
          "the native library of zstd cannot be loaded (" + e.getMessage() + ")", e);
    }
  }

  private static InputStream unpacked(InputStream packed, ArchiveFormat format) throws IOException {
    return switch (format) {
      case TAR_GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .get();
      case TAR_XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(MEMORY_KIB)
              .get();
      // zstd itself refuses windows of more than 128 MiB, which would not be in the heap.
      case TAR_ZSTD -> new ZstdCompressorInputStream(packed);
      case ZIP -> throw new IllegalArgumentException("a zip is not packed as a whole");
    };
  }

  /** A library's stream whose failures are the archive's fault. */
  static InputStream blaming(InputStream unpacked) {
    return new Blaming(unpacked);
  }

  private static final class Watched extends FilterInputStream {

    private final ArchiveFile file;

    Watched(ArchiveFile file, InputStream unpacked) {
      super(unpacked);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      file.allow(MOST_AT_ONCE, NOTHING_OUT);
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      file.allow(MOST_AT_ONCE, NOTHING_OUT);
      return super.read(buffer, offset, length);
    }
  }

  private static final class Blaming extends FilterInputStream {

    Blaming(InputStream unpacked) {
      super(unpacked);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw UnusableArchiveException.of(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw UnusableArchiveException.of(e);
      }
    }
  }
}
