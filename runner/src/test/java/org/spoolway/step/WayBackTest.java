package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.Database.Contents;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Request.Data;
import org.spoolway.schema.Version;

/** What becomes of the data, for each state that a release can be gone back from. */
class WayBackTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # asked | snapshot | written | the data suit | what becomes of them
                  | kept     | false   | no            | restored
                  | kept     | false   | yes           | restored
                  | kept     | false   | unknown       | restored
                  | kept     | true    | no            | ROLLBACK_WOULD_LOSE
                  | kept     | true    | yes           | stay
                  | kept     | true    | unknown       | ROLLBACK_WOULD_LOSE
                  | none     | true    | no            | SCHEMA_MISMATCH
                  | none     | true    | yes           | stay
                  | none     | true    | unknown       | stay
          RESTORE | kept     | true    | no            | restored
          RESTORE | kept     | true    | yes           | restored
          RESTORE | none     | true    | no            | SNAPSHOT_UNKNOWN
          RESTORE | none     | true    | yes           | SNAPSHOT_UNKNOWN
          KEEP    | kept     | true    | no            | SCHEMA_MISMATCH
          KEEP    | kept     | false   | no            | SCHEMA_MISMATCH
          KEEP    | kept     | false   | yes           | stay
          KEEP    | kept     | true    | yes           | stay
          KEEP    | kept     | true    | unknown       | SCHEMA_MISMATCH
          KEEP    | none     | true    | unknown       | stay
          """)
  void nothingIsTakenAwayUnaskedAndNoReleaseMeetsDataOfAnotherForm(
      @Nullable Data asked, String snapshot, boolean isWritten, String suits, String becomes)
      throws ProblemException {
    WayBack way =
        new WayBack(
            new Version("1.0.0"),
            asked,
            snapshot.equals("kept") ? Optional.of("2-1.0.0") : Optional.empty(),
            isWritten,
            "",
            "the form now",
            switch (suits) {
              case "yes" -> Set.of("the form now", "another");
              case "no" -> Set.of("another");
              default -> Set.of();
            });
    switch (becomes) {
      case "restored" -> assertEquals(Optional.of("2-1.0.0"), way.data());
      case "stay" -> assertEquals(Optional.empty(), way.data());
      default ->
          assertEquals(becomes, assertThrows(ProblemException.class, way::data).problem().name());
    }
  }

  /** Nothing suits data of which nobody tells the form, also not what was not told before. */
  @Test
  void dataOfAFormThatNobodyTellsSuitNoReleaseAndThatIsSaid() {
    WayBack way =
        new WayBack(
            new Version("1.0.0"),
            Data.KEEP,
            Optional.empty(),
            true,
            "",
            Contents.untold(),
            Set.of(Contents.untold()));
    ProblemException refused = assertThrows(ProblemException.class, way::data);
    assertEquals(Problem.SCHEMA_MISMATCH, refused.problem());
    assertTrue(refused.getMessage().contains("no `database.schema` tells"), refused.getMessage());
    assertTrue(refused.fix().contains("`database.schema`"), refused.fix());
  }
}
