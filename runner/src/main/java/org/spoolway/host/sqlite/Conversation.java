package org.spoolway.host.sqlite;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.spoolway.host.sqlite.Wire.Question;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * One delegate, asked one thing after the other. Whoever it runs as can have it answer anything:
 * nothing that it says leads to a name outside of its directory, or to more bytes than announced.
 */
final class Conversation implements Closeable {

  private static final int LONGEST_MESSAGE = 2000;
  private static final int BUFFER = 1 << 16;

  private final Delegation.Link link;
  private final SilenceLimit limit;
  private final DataInputStream in;
  private final DataOutputStream out;

  /**
   * Starts a delegate for a database.
   *
   * @param silence without any sign of life for so long, it is given up
   */
  Conversation(Delegation delegation, Path database, Duration silence) throws IOException {
    this.link = delegation.start();
    this.limit = new SilenceLimit(silence);
    this.in = new DataInputStream(new BufferedInputStream(limit.on(link.answers()), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(limit.on(link.questions()), BUFFER));
    out.writeUTF(database.toString());
  }

  /** Writes the arguments of a question. */
  @FunctionalInterface
  interface Arguments {
    /** Without any. */
    Arguments NONE = out -> {};

    /** Writes them. */
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads the value of an answer. */
  @FunctionalInterface
  interface Value<T> {
    /** Reads it. */
    T readFrom(DataInputStream in) throws IOException;
  }

  /** Asks what cannot be a problem of the database's. */
  <T> T ask(Question question, Arguments arguments, Value<T> value) throws IOException {
    try {
      return inquire(question, arguments, value);
    } catch (ProblemException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The same for what is answered without a value. */
  void tell(Question question, Arguments arguments) throws IOException {
    ask(question, arguments, in -> question);
  }

  /** Asks what can be one. */
  <T> T inquire(Question question, Arguments arguments, Value<T> value)
      throws ProblemException, IOException {
    out.writeUTF(question.name());
    arguments.writeTo(out);
    out.flush();
    int kind = kind();
    return switch (kind) {
      case Wire.DONE -> value.readFrom(in);
      case Wire.PROBLEM -> throw problem(in.readUTF(), text(in.readUTF()), text(in.readUTF()));
      case Wire.NOT_PLAIN -> throw new FileState.NotPlainException(text(in.readUTF()));
      case Wire.FAILED -> throw new IOException(text(in.readUTF()));
      default ->
          throw new IOException("the process that works as the application's user talks nonsense");
    };
  }

  private int kind() throws IOException {
    try {
      int kind = in.readByte();
      while (kind == Wire.WORKING) {
        kind = in.readByte();
      }
      return kind;
    } catch (EOFException e) {
      throw new IOException("the process that works as the application's user has ended", e);
    }
  }

  private static ProblemException problem(String kind, String message, String fix)
      throws IOException {
    try {
      Problem problem = Problem.valueOf(kind);
      return fix.isEmpty()
          ? new ProblemException(problem, message)
          : new ProblemException(problem, message, fix, null);
    } catch (IllegalArgumentException e) {
      throw new IOException(message, e);
    }
  }

  private static String text(String foreign) {
    String line = foreign.replaceAll("\\p{Cntrl}", "?");
    return line.substring(0, Math.min(line.length(), LONGEST_MESSAGE));
  }

  @Override
  public void close() throws IOException {
    link.end().close();
    limit.close();
  }
}
