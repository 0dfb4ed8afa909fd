package org.spoolway.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spoolway.wording.Printable;

/** Rows under headings, each column as wide as its widest cell. */
public final class Table {

  private static final String GAP = "  ";

  private final String[] headings;
  private final List<String[]> rows = new ArrayList<>();

  /** A table with these headings, which are shown in upper case as given. */
  public Table(String... headings) {
    this.headings = headings.clone();
  }

  /** Adds a row, as many cells as there are headings. */
  public Table row(String... cells) {
    if (cells.length != headings.length) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + headings.length + " headings");
    }
    rows.add(Arrays.stream(cells).map(Printable::line).toArray(String[]::new));
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints the headings and all rows. */
  public void print(Screen screen) {
    int[] widths = widths();
    screen.print(line(Paint.DIM, headings, widths));
    rows.forEach(row -> screen.print(line(Paint.PLAIN, row, widths)));
  }

  private int[] widths() {
    int[] widths = new int[headings.length];
    for (int i = 0; i < headings.length; i++) {
      int column = i;
      int widest = rows.stream().mapToInt(row -> Line.width(row[column])).max().orElse(0);
      widths[i] = Math.max(Line.width(headings[i]), widest);
    }
    return widths;
  }

  private static Line line(Paint paint, String[] cells, int[] widths) {
    Line line = new Line();
    for (int i = 0; i < cells.length; i++) {
      line.add(i == 0 ? "" : GAP).column(paint, cells[i], widths[i]);
    }
    return line;
  }
}
