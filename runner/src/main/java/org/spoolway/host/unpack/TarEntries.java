package org.spoolway.host.unpack;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar file, POSIX's or GNU's, strictly: what one program would take for this and another
 * for that is refused. There must be the two blocks of zeros that end it, and nothing but zeros
 * after them.
 */
final class TarEntries implements PackedEntries {

  private static final int MAX_NOTE_BYTES = 1 << 20;

  /** Of notes and padding together: nothing of them is written, but they take time. */
  private static final long MAX_NOTES_BYTES = 512L << 20;

  private final InputStream in;
  private final byte[] block = new byte[TarHeader.BYTES];
  private long beside;
  private @Nullable Content content;

  TarEntries(InputStream in) {
    this.in = in;
  }

  @Override
  public @Nullable PackedEntry next() throws IOException {
    if (content != null) {
      content.skipRest();
      content = null;
    }
    TarNotes notes = new TarNotes();
    boolean hasNotes = false;
    for (TarHeader header = header(); header != null; header = header()) {
      switch (header.kind()) {
        case 'x' -> notes.pax(note(header));
        case 'L' -> notes.gnuName(note(header));
        case 'K' -> notes.gnuTarget(note(header));
        case 'g' -> TarNotes.requireHarmless(note(header));
        default -> {
          return entry(header, notes);
        }
      }
      hasNotes = hasNotes || header.kind() != 'g';
    }
    if (hasNotes) {
      throw cutShort();
    }
    requireEnd();
    return null;
  }

  private PackedEntry entry(TarHeader header, TarNotes notes) throws IOException {
    String name = Names.decoded(notes.nameOr(header.name()));
    long size = notes.sizeOr(header.size());
    if (notes.isSparse() || header.kind() == 'S') {
      throw new UnusableArchiveException(
          Names.shown(name) + " is packed as a sparse file; make the archive without --sparse");
    }
    boolean isFile = header.kind() == '0' || header.kind() == '7';
    if (isFile && !name.endsWith("/")) {
      content = new Content(size);
      return PackedEntry.file(name, header.isExecutable(), content);
    }
    if (size > 0 && (isFile || "125".indexOf(header.kind()) >= 0)) {
      throw new UnusableArchiveException(Names.shown(name) + " has content without being a file");
    }
    return isFile ? PackedEntry.directory(name) : entry(header, name, notes);
  }

  private static PackedEntry entry(TarHeader header, String name, TarNotes notes)
      throws UnusableArchiveException {
    return switch (header.kind()) {
      case '5' -> PackedEntry.directory(name);
      case '1' -> PackedEntry.copy(name, header.isExecutable(), target(header, notes));
      case '2' -> PackedEntry.link(name, target(header, notes));
      case '3', '4' -> throw new UnusableArchiveException(Names.shown(name) + " is a device");
      case '6' -> throw new UnusableArchiveException(Names.shown(name) + " is a FIFO");
      default ->
          throw new UnusableArchiveException(
              Names.shown(name)
                  + " is an entry of the unknown kind "
                  + Names.shown(String.valueOf(header.kind())));
    };
  }

  private static String target(TarHeader header, TarNotes notes) throws UnusableArchiveException {
    return Names.decoded(notes.targetOr(header.target()));
  }

  /** The next header, or null at the block that ends the archive. */
  private @Nullable TarHeader header() throws IOException {
    readBlock();
    return isZero(block, block.length) ? null : TarHeader.of(block.clone());
  }

  private void readBlock() throws IOException {
    if (in.readNBytes(block, 0, block.length) < block.length) {
      throw cutShort();
    }
  }

  private byte[] note(TarHeader header) throws IOException {
    long size = header.size();
    if (size > MAX_NOTE_BYTES) {
      throw new UnusableArchiveException(
          "a note on an entry in it is longer than " + MAX_NOTE_BYTES + " bytes");
    }
    countBeside(TarHeader.BYTES + size);
    byte[] note = in.readNBytes((int) size);
    if (note.length < size) {
      throw cutShort();
    }
    skipPadding(size);
    return note;
  }

  private void skipPadding(long size) throws IOException {
    int padding = (int) ((TarHeader.BYTES - size % TarHeader.BYTES) % TarHeader.BYTES);
    if (in.readNBytes(block, 0, padding) < padding) {
      throw cutShort();
    }
  }

  private void countBeside(long bytes) throws UnusableArchiveException {
    beside += bytes;
    if (beside > MAX_NOTES_BYTES) {
      throw new UnusableArchiveException(
          "there are more than " + (MAX_NOTES_BYTES >> 20) + " MiB in it beside its entries");
    }
  }

  /** Reads to the very end: only there are the last checksums of what it is packed in. */
  private void requireEnd() throws IOException {
    readBlock();
    boolean zero = isZero(block, block.length);
    byte[] rest = new byte[64 << 10];
    for (int read = 0; zero && read >= 0; read = in.read(rest)) {
      countBeside(read);
      zero = isZero(rest, read);
    }
    if (!zero) {
      throw new UnusableArchiveException("there is more in it after the end of the tar archive");
    }
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static UnusableArchiveException cutShort() {
    return new UnusableArchiveException("it is cut short");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** What is in one file, to its end. */
  private final class Content extends InputStream {

    private final long size;
    private long left;

    Content(long size) {
      this.size = size;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw cutShort();
      }
      left -= read;
      return read;
    }

    void skipRest() throws IOException {
      if (left > 0) {
        throw new IllegalStateException(left + " bytes of a file were not read");
      }
      skipPadding(size);
    }
  }
}
