package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipExtraField;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/** Reads a zip file by its directory, which is at its end. */
final class ZipEntries implements PackedEntries {

  /** All of it is in memory at once, at several times its size. */
  private static final int MAX_DIRECTORY_BYTES = 16 << 20;

  private static final int KIND_MASK = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;
  private static final int OWNER_MAY_EXECUTE = 0100;

  private final ZipFile zip;
  private final ZipLocalHeaders headers;
  private final Enumeration<ZipArchiveEntry> entries;

  private ZipEntries(ZipFile zip, ZipLocalHeaders headers) {
    this.zip = zip;
    this.headers = headers;
    this.entries = zip.getEntries();
  }

  /** Opens a file, which stays open when this fails. */
  static ZipEntries open(ArchiveFile file) throws IOException {
    file.allow(
        MAX_DIRECTORY_BYTES,
        "its directory is longer than "
            + (MAX_DIRECTORY_BYTES >> 20)
            + " MiB; a tar archive may have more entries");
    try {
      ZipFile zip =
          ZipFile.builder().setSeekableByteChannel(file).setIgnoreLocalFileHeader(true).get();
      file.allowAll();
      return new ZipEntries(zip, new ZipLocalHeaders(file));
    } catch (IOException e) {
      throw UnusableArchiveException.of(e);
    } catch (IllegalArgumentException e) {
      throw UnusableArchiveException.of(new IOException(e));
    }
  }

  @Override
  public @Nullable PackedEntry next() throws IOException {
    if (!entries.hasMoreElements()) {
      return null;
    }
    ZipArchiveEntry entry = entries.nextElement();
    String name = name(entry);
    requireReadable(entry, name);
    headers.requireSameName(entry, name);
    int mode = entry.getPlatform() == ZipArchiveEntry.PLATFORM_UNIX ? entry.getUnixMode() : 0;
    return switch (mode & KIND_MASK) {
      case 0, FILE, DIRECTORY -> plain(entry, name, mode);
      case LINK -> PackedEntry.link(name, target(entry, name));
      default ->
          throw new UnusableArchiveException(
              Names.shown(name) + " is neither a file nor a directory nor a link");
    };
  }

  private PackedEntry plain(ZipArchiveEntry entry, String name, int mode) throws IOException {
    if (!name.endsWith("/") && (mode & KIND_MASK) != DIRECTORY) {
      return PackedEntry.file(name, (mode & OWNER_MAY_EXECUTE) != 0, content(entry));
    }
    if (entry.getSize() > 0) {
      throw new UnusableArchiveException(Names.shown(name) + " is a directory with content");
    }
    return PackedEntry.directory(name);
  }

  private InputStream content(ZipArchiveEntry entry) throws IOException {
    try {
      return new ZipContent(zip.getInputStream(entry), entry);
    } catch (IOException e) {
      throw UnusableArchiveException.of(e);
    }
  }

  private String target(ZipArchiveEntry entry, String name) throws IOException {
    try (InputStream content = content(entry)) {
      byte[] target = content.readNBytes(PackedEntry.MAX_TARGET_BYTES + 1);
      if (target.length > PackedEntry.MAX_TARGET_BYTES) {
        throw new UnusableArchiveException(
            Names.shown(name)
                + " is a link of more than "
                + PackedEntry.MAX_TARGET_BYTES
                + " bytes");
      }
      return Names.decoded(target);
    }
  }

  private static String name(ZipArchiveEntry entry) throws UnusableArchiveException {
    byte[] raw = entry.getRawName();
    ZipExtraField other = entry.getExtraField(UnicodePathExtraField.UPATH_ID);
    String name =
        other instanceof UnicodePathExtraField unicode && isOf(unicode, raw)
            ? Names.decoded(unicode.getUnicodeName())
            : Names.decoded(raw);
    if (name.indexOf('\\') >= 0) {
      throw new UnusableArchiveException(
          Names.shown(name) + " has a backslash in its name; zip files separate names by slashes");
    }
    return name;
  }

  /** Whether the name in Unicode belongs to this one, or to one that it had before. */
  private static boolean isOf(UnicodePathExtraField unicode, byte[] raw) {
    CRC32 sum = new CRC32();
    sum.update(raw);
    return sum.getValue() == unicode.getNameCRC32();
  }

  private static void requireReadable(ZipArchiveEntry entry, String name)
      throws UnusableArchiveException {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new UnusableArchiveException(Names.shown(name) + " is encrypted");
    }
    int method = entry.getMethod();
    if (method != ZipMethod.STORED.getCode() && method != ZipMethod.DEFLATED.getCode()) {
      throw new UnusableArchiveException(
          Names.shown(name)
              + " is compressed by method "
              + method
              + ", of which only 0 and 8 (deflate) are supported");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
