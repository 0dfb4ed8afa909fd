package org.spoolway.channel;

import org.spoolway.wording.Printable;

/** One of the two files cannot be believed. */
public final class RefusedFileException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What whoever owns the server may say at most of his own. */
  private static final int LONGEST = 300;

  /** What kind of fault it is. */
  public enum Kind {
    /** It is not what its makers made for this application, or is older than what was seen. */
    FALSE,
    /** It was right once; nobody has renewed it. */
    EXPIRED
  }

  private final Kind kind;

  /**
   * What is the matter with it.
   *
   * @param observed a clause with the file's name in it, such as {@code channel.json is not signed}
   */
  public RefusedFileException(Kind kind, String observed) {
    super(shortened(Printable.line(observed)));
    this.kind = kind;
  }

  static RefusedFileException untrue(String observed) {
    return new RefusedFileException(Kind.FALSE, observed);
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** What kind of fault it is. */
  public Kind kind() {
    return kind;
  }

  /** What is the matter with it, as a clause. */
  public String observed() {
    return String.valueOf(getMessage());
  }
}
