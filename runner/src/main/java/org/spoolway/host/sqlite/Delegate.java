package org.spoolway.host.sqlite;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.host.sqlite.Wire.Question;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;

/** Answers what a runner asks, with the rights of whom it runs as. */
final class Delegate {

  /** Many of them in the time that a runner waits for one. */
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(10);

  private final DataInputStream in;
  private final Beats beats;
  private final DataOutputStream out;
  private final DatabaseFiles files;
  private final SqliteDatabase database;
  private final LocalDisk disk = new LocalDisk();

  private Delegate(DataInputStream in, Beats beats, Path file, Clock clock) {
    this.in = in;
    this.beats = beats;
    this.out = new DataOutputStream(beats);
    this.files = DatabaseFiles.of(file);
    this.database = new SqliteDatabase(file, clock);
  }

  /** Answers until there are no more questions. */
  static void serve(InputStream questions, OutputStream answers, Clock clock) throws IOException {
    serve(questions, answers, clock, BETWEEN_BEATS);
  }

  static void serve(InputStream questions, OutputStream answers, Clock clock, Duration betweenBeats)
      throws IOException {
    DataInputStream in = new DataInputStream(questions);
    try (Beats beats = new Beats(answers, betweenBeats, ThreadActivity.ofCaller()::isSeen)) {
      Delegate delegate = new Delegate(in, beats, Path.of(in.readUTF()), clock);
      boolean more = true;
      while (more) {
        more = delegate.answerNext();
      }
    }
  }

  private boolean answerNext() throws IOException {
    String question;
    try {
      question = in.readUTF();
    } catch (EOFException noMore) {
      return false;
    }
    beats.begin();
    try {
      answer(Question.valueOf(question));
    } catch (ProblemException e) {
      out.writeByte(Wire.PROBLEM);
      out.writeUTF(e.problem().name());
      out.writeUTF(text(e.getMessage()));
      out.writeUTF(text(e.fix()));
    } catch (FileState.NotPlainException e) {
      out.writeByte(Wire.NOT_PLAIN);
      out.writeUTF(text(e.getMessage()));
    } catch (EOFException e) {
      return false;
    } catch (IOException e) {
      out.writeByte(Wire.FAILED);
      out.writeUTF(text(e.getClass().getSimpleName() + " " + e.getMessage()));
    }
    out.flush();
    return true;
  }

  private void answer(Question question) throws ProblemException, IOException {
    switch (question) {
      case SNAPSHOT_BYTES -> {
        long bytes = database.requireReady().bytes();
        out.writeByte(Wire.DONE);
        out.writeLong(bytes);
      }
      case MARK -> done(database.mark());
      case CONTENTS -> done(SchemaJson.line(database.contents()));
      case SNAPSHOT -> {
        forget();
        disk.createDirectory(copies());
        database.snapshot(copies());
        done(files.directory().relativize(copies()).toString());
      }
      case FORGET -> {
        forget();
        out.writeByte(Wire.DONE);
      }
      case CHECKSUM -> done(disk.checksum(path()));
      case FREE -> {
        long free = disk.free(path());
        out.writeByte(Wire.DONE);
        out.writeLong(free);
      }
      case STATE -> {
        FileState state = disk.state(path());
        out.writeByte(Wire.DONE);
        Wire.writeState(out, state);
      }
      case READ -> read(path());
      case WRITE -> done(write(path()));
      case DRESS, RENAME, DELETE, FORCE -> {
        change(question, path());
        out.writeByte(Wire.DONE);
      }
    }
  }

  private void change(Question question, Path path) throws IOException {
    switch (question) {
      case DRESS -> {
        var owner = Wire.readOwner(in);
        disk.dress(path, owner, in.readBoolean() ? Wire.readTime(in) : null);
      }
      case RENAME -> disk.rename(path, path());
      case DELETE -> disk.delete(path);
      case FORCE -> disk.force(path);
      default -> throw new IllegalArgumentException(question + " changes nothing");
    }
  }

  private void read(Path path) throws IOException {
    disk.state(path);
    try (FileChannel file = LocalDisk.open(path)) {
      out.writeByte(Wire.DONE);
      Wire.writeContent(out, Channels.newInputStream(file));
    }
  }

  /** The whole question is read, also when there is no place for it. */
  private String write(Path path) throws IOException {
    try (Receiver receiver = new Receiver(path)) {
      DigestOutputStream digest = new DigestOutputStream(receiver, Checksum.digest());
      Wire.readContent(in, digest, Long.MAX_VALUE);
      receiver.finish();
      return Checksum.hex(digest.getMessageDigest());
    }
  }

  private void done(String value) throws IOException {
    out.writeByte(Wire.DONE);
    out.writeUTF(value);
  }

  private Path path() throws IOException {
    return files.directory().resolve(in.readUTF());
  }

  /** Where copies are made, on the file system that has room for the database. */
  private Path copies() {
    return files.directory().resolve("." + files.name() + ".snapshot");
  }

  private void forget() throws IOException {
    Path copies = copies();
    if (Files.isDirectory(copies, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> names = Files.newDirectoryStream(copies)) {
        for (Path name : names) {
          Files.delete(name);
        }
      }
    }
    Files.deleteIfExists(copies);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  /** A file that is written; once that has failed, the rest goes nowhere. */
  private static final class Receiver extends OutputStream {

    private @Nullable FileChannel file;
    private @Nullable IOException failure;

    Receiver(Path path) {
      try {
        file = LocalDisk.create(path);
      } catch (IOException e) {
        failure = e;
      }
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      FileChannel target = file;
      if (failure != null || target == null) {
        return;
      }
      try {
        Channels.newOutputStream(target).write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
      }
    }

    void finish() throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (file != null) {
        file.force(true);
      }
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
