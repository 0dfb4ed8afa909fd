package org.spoolway.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 kB",
    "1, 1 kB",
    "1000, 1 kB",
    "1001, 2 kB",
    "999999, 1000 kB",
    "1000000, 1.0 MB",
    "3149999, 3.1 MB",
    "2500000000, 2500.0 MB"
  })
  void sizesAreSaidInPowersOfThousand(long bytes, String said) {
    assertEquals(said, TransferSize.of(bytes));
  }
}
