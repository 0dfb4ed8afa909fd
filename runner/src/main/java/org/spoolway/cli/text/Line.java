package org.spoolway.cli.text;

import java.util.ArrayList;
import java.util.List;
import org.spoolway.wording.Printable;

/** One line to print, piece by piece. What is added may be foreign: it is made harmless here. */
public final class Line {

  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(Paint paint, String text) {}

  /** A line that begins so. */
  public static Line of(String text) {
    return new Line().add(text);
  }

  /** A line that begins so. */
  public static Line of(Paint paint, String text) {
    return new Line().add(paint, text);
  }

  /** Adds text; blanks at its ends stay. */
  public Line add(String text) {
    return add(Paint.PLAIN, text);
  }

  /** Adds text that means something. */
  public Line add(Paint paint, String text) {
    pieces.add(new Piece(paint, spaced(text)));
    return this;
  }

  /** Adds text and blanks up to a width. */
  public Line column(Paint paint, String text, int width) {
    String safe = spaced(text);
    return add(paint, safe).add(" ".repeat(Math.max(0, width - width(safe))));
  }

  /** How many columns a text takes, counting each character as one. */
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The line for a terminal with colours. */
  String coloured() {
    StringBuilder line = new StringBuilder();
    pieces.forEach(piece -> line.append(piece.paint().on(piece.text())));
    return line.toString().stripTrailing();
  }

  /** The line without colours. */
  String plain() {
    StringBuilder line = new StringBuilder();
    pieces.forEach(piece -> line.append(piece.text()));
    return line.toString().stripTrailing();
  }

  /** The line cut to so many columns. */
  Line cut(int columns) {
    Line cut = new Line();
    int left = columns;
    for (Piece piece : pieces) {
      int width = width(piece.text());
      String text = piece.text();
      if (width > left) {
        text = text.substring(0, text.offsetByCodePoints(0, left));
      }
      cut.pieces.add(new Piece(piece.paint(), text));
      left -= Math.min(width, left);
    }
    return cut;
  }

  private static String spaced(String text) {
    String inner = text.strip();
    int start = text.indexOf(inner);
    String lead = blanks(text.substring(0, start));
    return lead + Printable.line(inner) + blanks(text.substring(start + inner.length()));
  }

  private static String blanks(String space) {
    return " ".repeat(space.length());
  }
}
