package org.spoolway.cli.text;

import java.io.PrintStream;

/**
 * Where lines go. On a terminal they may have colours, and one line at the bottom may be live: each
 * {@link #live} takes the place of the one before, and ordinary lines push it down. Safe for
 * several threads.
 */
public final class Screen {

  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final Kind kind;
  private final int columns;
  private boolean live;

  /** What a screen can show. */
  public enum Kind {
    /** No terminal: plain lines only. */
    FILE,
    /** A terminal whose user wants no colours. */
    MONOCHROME,
    /** A terminal. */
    COLOUR
  }

  /**
   * A screen.
   *
   * @param columns how wide a live line may be
   */
  public Screen(PrintStream out, Kind kind, int columns) {
    this.out = out;
    this.kind = kind;
    this.columns = columns;
  }

  /** Whether it is a terminal, which can show live lines. */
  public boolean isTerminal() {
    return kind != Kind.FILE;
  }

  /** Prints a line. */
  public synchronized void print(Line line) {
    erase();
    out.println(rendered(line));
  }

  /** Prints a line without colours. */
  public void print(String text) {
    print(Line.of(text));
  }

  /** Shows a line that the next one replaces; nothing where that cannot be done. */
  public synchronized void live(Line line) {
    if (isTerminal()) {
      out.print(ERASE + rendered(line.cut(columns - 1)));
      out.flush();
      live = true;
    }
  }

  /** Removes the live line, so that others can write. */
  public synchronized void erase() {
    if (live) {
      out.print(ERASE);
      out.flush();
      live = false;
    }
  }

  private String rendered(Line line) {
    return kind == Kind.COLOUR ? line.coloured() : line.plain();
  }
}
