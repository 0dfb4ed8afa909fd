package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

class ExpectedTextTest {

  @Test
  void timeAndRoomAreToldAsPeopleSayThem() {
    assertEquals(
        "expected: closed for about 3.1 s; needs about 120 MiB of 8.3 GiB free",
        ExpectedText.line(new Result.Expected(3120L, 120L << 20, 8_912_000_000L)));
    assertEquals(
        "expected: stays open; needs about 32 MiB of 8.3 GiB free",
        ExpectedText.line(new Result.Expected(0L, 32L << 20, 8_912_000_000L)));
  }

  @Test
  void whatIsNotKnownIsNotMadeUp() {
    assertEquals(
        "expected: how long it closes has not shown yet; 512 B free",
        ExpectedText.line(new Result.Expected(null, null, 512)));
  }

  @Test
  void nothingIsSaidOfWhatIsNoPlan() {
    assertEquals(Optional.empty(), ExpectedText.of(Home.update("one", Outcome.SUCCEEDED, null)));
  }
}
