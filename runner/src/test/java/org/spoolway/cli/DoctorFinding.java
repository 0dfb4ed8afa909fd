package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What {@code doctor} finds wrong. */
final class DoctorFinding {

  private DoctorFinding() {}

  /** It finds this, with this fix, and nothing else. */
  static void assertOnly(Home home, String observed, String fix) {
    FakeMachine.Ran ran = home.run("doctor");
    assertAll(
        () -> assertEquals(ExitCode.FAILED.code(), ran.code(), ran.out()),
        () -> assertTrue(ran.out().contains(observed), ran.out()),
        () -> assertTrue(ran.out().contains("Fix: " + fix), ran.out()),
        () -> assertTrue(ran.out().endsWith("1 to put right\n"), ran.out()));
  }
}
