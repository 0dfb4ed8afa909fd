package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Database.TableRows;

/** How it is told what was written. */
class WrittenTest {

  @Test
  void eachTableIsToldByWhatHasHappenedToIt() {
    List<TableRows> then =
        List.of(
            new TableRows("note", 10, 5, 1),
            new TableRows("tag", 4, 0, 0),
            new TableRows("same", 7, 7, 7),
            new TableRows("gone", 3, 0, 0));
    List<TableRows> now =
        List.of(
            new TableRows("note", 13, 6, 1),
            new TableRows("tag", 4, 0, 2),
            new TableRows("same", 7, 7, 7),
            new TableRows("new", 2, 0, 0));
    assertEquals(
        "note: 3 added, 1 changed; tag: 2 removed; new: 2 added", Written.between(then, now));
  }

  @Test
  void fewerRowsWhereOnlyTheirNumberIsKnownWereRemoved() {
    assertEquals(
        "note: 2 removed",
        Written.between(
            List.of(new TableRows("note", 5, 0, 0)), List.of(new TableRows("note", 3, 0, 0))));
  }

  @Test
  void ofManyTablesTheFirstAreNamed() {
    List<TableRows> now =
        IntStream.range(0, 12).mapToObj(i -> new TableRows("t" + i, 1, 0, 0)).toList();
    assertEquals(
        "t0: 1 added; t1: 1 added; t2: 1 added; t3: 1 added; t4: 1 added; t5: 1 added;"
            + " t6: 1 added; t7: 1 added; t8: 1 added; t9: 1 added; and 2 more tables",
        Written.between(List.of(), now));
  }
}
