package org.spoolway.host.unpack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an archive as they lie on the disk. Libraries read from it, so what goes wrong here
 * is told apart from what is wrong with the archive.
 */
final class ArchiveFile implements SeekableByteChannel {

  private final FileChannel file;
  private final long size;
  private final Deadline deadline;
  private long allowance = Long.MAX_VALUE;
  private String excess = "";
  private long count;

  /** The disk would not give what is on it; nothing is wrong with the archive. */
  static final class ReadFailure extends IOException {

    private static final long serialVersionUID = 1L;

    ReadFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private ArchiveFile(FileChannel file, long size, Deadline deadline) {
    this.file = file;
    this.size = size;
    this.deadline = deadline;
  }

  /** Opens an archive that is there. */
  static ArchiveFile open(Path path, Deadline deadline) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ArchiveFile(file, file.size(), deadline);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** How much of it was read, 0.0 to 1.0. */
  double fraction() {
    return size == 0 ? 1.0 : Math.min(1.0, (double) count / size);
  }

  /** Has no more than so many bytes read from here on; the archive is refused in these words. */
  void allow(long bytes, String otherwise) {
    allowance = count + bytes;
    excess = otherwise;
  }

  /** Has any number of bytes read again. */
  void allowAll() {
    allowance = Long.MAX_VALUE;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    deadline.check();
    int read;
    try {
      read = file.read(buffer);
    } catch (IOException e) {
      throw new ReadFailure(e);
    }
    count += Math.max(0, read);
    if (count > allowance) {
      throw new UnusableArchiveException(excess);
    }
    return read;
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public int write(ByteBuffer buffer) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long length) {
    throw new NonWritableChannelException();
  }
}
