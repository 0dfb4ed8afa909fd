package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.spoolway.source.ArchiveFormat;

/** Makes archives with any entries, also those that no program would make. */
abstract class MadeArchive implements AutoCloseable {

  private static final int FILE = 0100644;
  private static final int LINK = 0120777;
  private static final int DIRECTORY = 0040755;

  static MadeArchive in(Path file, ArchiveFormat format) throws IOException {
    return format == ArchiveFormat.ZIP ? new Zip(Files.newOutputStream(file)) : tar(file, format);
  }

  static Tar tar(Path file, ArchiveFormat format) throws IOException {
    return new Tar(packing(Files.newOutputStream(file), format));
  }

  static OutputStream packing(OutputStream out, ArchiveFormat format) throws IOException {
    return switch (format) {
      case TAR_GZIP -> new GzipCompressorOutputStream(out);
      case TAR_XZ -> new XZCompressorOutputStream(out);
      case TAR_ZSTD -> new ZstdCompressorOutputStream(out);
      case ZIP -> throw new IllegalArgumentException();
    };
  }

  abstract MadeArchive file(String name, byte[] content, int mode) throws IOException;

  abstract MadeArchive link(String name, String target) throws IOException;

  abstract MadeArchive directory(String name) throws IOException;

  MadeArchive file(String name, String content) throws IOException {
    return file(name, content.getBytes(StandardCharsets.UTF_8), FILE);
  }

  @Override
  public abstract void close() throws IOException;

  /** One that has entries that only tar knows. */
  static final class Tar extends MadeArchive {

    private final TarArchiveOutputStream tar;

    private Tar(OutputStream out) {
      tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    @Override
    Tar file(String name, String content) throws IOException {
      super.file(name, content);
      return this;
    }

    @Override
    Tar file(String name, byte[] content, int mode) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
      entry.setSize(content.length);
      entry.setMode(mode);
      return put(entry, content);
    }

    @Override
    Tar link(String name, String target) throws IOException {
      return special(name, TarConstants.LF_SYMLINK, target);
    }

    @Override
    Tar directory(String name) throws IOException {
      return special(name, TarConstants.LF_DIR, "");
    }

    /** An entry of some kind, with a target. */
    Tar special(String name, byte kind, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
      entry.setLinkName(target);
      return put(entry, new byte[0]);
    }

    private Tar put(TarArchiveEntry entry, byte[] content) throws IOException {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }

  private static final class Zip extends MadeArchive {

    private final ZipArchiveOutputStream zip;

    Zip(OutputStream out) {
      zip = new ZipArchiveOutputStream(out);
    }

    @Override
    MadeArchive file(String name, byte[] content, int mode) throws IOException {
      return put(name, content, mode);
    }

    @Override
    MadeArchive link(String name, String target) throws IOException {
      return put(name, target.getBytes(StandardCharsets.UTF_8), LINK);
    }

    @Override
    MadeArchive directory(String name) throws IOException {
      return put(name, new byte[0], DIRECTORY);
    }

    private MadeArchive put(String name, byte[] content, int mode) throws IOException {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      entry.setUnixMode(mode);
      zip.putArchiveEntry(entry);
      zip.write(content);
      zip.closeArchiveEntry();
      return this;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
