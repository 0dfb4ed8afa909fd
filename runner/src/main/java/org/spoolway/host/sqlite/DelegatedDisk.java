package org.spoolway.host.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.host.sqlite.FileState.Ownership;
import org.spoolway.host.sqlite.Wire.Question;

/**
 * The disk as it is, but for the database's directory: what is done there is asked of a delegate.
 * To everybody else that directory is another file system, which nothing can be renamed to or from.
 */
final class DelegatedDisk implements Disk {

  private final LocalDisk own = new LocalDisk();
  private final String name;
  private final Path directory;
  private final Conversation delegate;

  DelegatedDisk(DatabaseFiles files, Conversation delegate) {
    this.name = files.name();
    this.directory = files.directory();
    this.delegate = delegate;
  }

  /** The directory itself, the database, and what is kept or made beside it under its name. */
  private boolean isTheirs(Path path) {
    String last = String.valueOf(path.getFileName());
    return path.equals(directory)
        || (directory.equals(path.getParent())
            && (last.startsWith(name) || last.startsWith("." + name)));
  }

  private Conversation.Arguments named(Path path) {
    return out -> out.writeUTF(directory.relativize(path).toString());
  }

  @Override
  public @Nullable FileState state(Path file) throws IOException {
    return isTheirs(file)
        ? delegate.ask(Question.STATE, named(file), Wire::readState).orElse(null)
        : own.state(file);
  }

  @Override
  public String checksum(Path file) throws IOException {
    return isTheirs(file)
        ? delegate.ask(Question.CHECKSUM, named(file), in -> in.readUTF())
        : own.checksum(file);
  }

  @Override
  public void createDirectory(Path path) throws IOException {
    if (isTheirs(path)) {
      throw new IOException("nothing but a file is made in " + directory);
    }
    own.createDirectory(path);
  }

  @Override
  public String copy(Path from, Path to) throws IOException {
    if (isTheirs(to)) {
      return send(from, to);
    }
    FileState state = isTheirs(from) ? state(from) : null;
    return state == null ? own.copy(from, to) : fetch(from, state.bytes(), to);
  }

  /** Copies what the delegate can read, in its directory or below it. */
  String fetch(Path from, long bytes, Path to) throws IOException {
    Path place = Objects.requireNonNull(to.getParent(), "a file in no directory");
    long free = own.free(place);
    if (free < bytes) {
      throw new IOException(
          "it has " + bytes + " bytes, of which " + free + " are free in " + place);
    }
    try (FileChannel target = LocalDisk.create(to)) {
      DigestOutputStream sink =
          new DigestOutputStream(Channels.newOutputStream(target), Checksum.digest());
      delegate.ask(Question.READ, named(from), in -> Wire.readContent(in, sink, bytes));
      target.force(true);
      return Checksum.hex(sink.getMessageDigest());
    } catch (IOException e) {
      own.delete(to);
      throw e;
    }
  }

  private String send(Path from, Path to) throws IOException {
    try (InputStream file = Channels.newInputStream(LocalDisk.open(from))) {
      DigestInputStream content = new DigestInputStream(file, Checksum.digest());
      delegate.ask(
          Question.WRITE,
          out -> {
            named(to).writeTo(out);
            Wire.writeContent(out, content);
          },
          in -> in.readUTF());
      return Checksum.hex(content.getMessageDigest());
    }
  }

  @Override
  public void dress(Path file, Ownership owner, @Nullable FileTime modified) throws IOException {
    if (!isTheirs(file)) {
      own.dress(file, owner, modified);
      return;
    }
    change(
        Question.DRESS,
        out -> {
          named(file).writeTo(out);
          Wire.writeOwner(out, owner);
          out.writeBoolean(modified != null);
          if (modified != null) {
            Wire.writeTime(out, modified);
          }
        });
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (isTheirs(from) != isTheirs(to)) {
      throw new AtomicMoveNotSupportedException(
          from.toString(), to.toString(), "the directory is the application's");
    }
    if (!isTheirs(from)) {
      own.rename(from, to);
      return;
    }
    change(
        Question.RENAME,
        out -> {
          named(from).writeTo(out);
          named(to).writeTo(out);
        });
  }

  @Override
  public void delete(Path file) throws IOException {
    if (isTheirs(file)) {
      change(Question.DELETE, named(file));
    } else {
      own.delete(file);
    }
  }

  @Override
  public void force(Path file) throws IOException {
    if (isTheirs(file)) {
      change(Question.FORCE, named(file));
    } else {
      own.force(file);
    }
  }

  @Override
  public long free(Path path) throws IOException {
    return isTheirs(path)
        ? delegate.ask(Question.FREE, named(path), in -> in.readLong())
        : own.free(path);
  }

  private void change(Question question, Conversation.Arguments arguments) throws IOException {
    delegate.tell(question, arguments);
  }
}
