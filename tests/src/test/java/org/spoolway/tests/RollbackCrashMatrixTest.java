package org.spoolway.tests;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runner is killed at every append of a rollback; a restart alone leads to one of two ends. */
class RollbackCrashMatrixTest {

  private static final CrashMatrix MATRIX =
      new CrashMatrix(() -> new CrashSite(good -> good), CrashSite::nextRollback);

  static List<CrashPoint> points() {
    return MATRIX.points();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void restartAloneEndsTheRollback(CrashPoint point) {
    MATRIX.dieAt(point);
  }

  @AfterAll
  static void close() {
    try (MATRIX) {
      MATRIX.assertBothEnds();
    }
  }
}
