package org.spoolway.host.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.Database.CopyMethod;

/** How a database is copied, by its size and the room beside it, in MiB; -1 is not known. */
class MethodChoiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AUTO | 100   | 1000 | COPY | true  | the server copies it: the database has 100 MiB, 1000 MiB are free beside it
          AUTO | 900   | 1000 | DUMP | true  | pg_dump writes it out: the database has 900 MiB, 1000 MiB are free beside it
          AUTO | 100   | -1   | COPY | true  | the server copies it: the database has 100 MiB
          AUTO | 5000  | -1   | DUMP | true  | pg_dump writes it out: the database has 5000 MiB, and what is free beside it cannot be told
          COPY | 900   | 1000 | COPY | false | the server copies it: the database has 900 MiB, 1000 MiB are free beside it
          COPY | 5000  | -1   | COPY | true  | the server copies it: the database has 5000 MiB
          DUMP | 1     | 1000 | DUMP | true  | pg_dump writes it out, as `database.method` says: the database has 1 MiB
          """)
  void followsFromSizeAndRoom(
      CopyMethod asked, long size, long free, CopyMethod method, boolean isPossible, String why) {
    OptionalLong room = free < 0 ? OptionalLong.empty() : OptionalLong.of(free << 20);
    assertEquals(
        new MethodChoice(method, why, isPossible), MethodChoice.of(asked, size << 20, room));
  }
}
