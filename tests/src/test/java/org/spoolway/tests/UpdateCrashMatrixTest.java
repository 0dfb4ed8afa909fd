package org.spoolway.tests;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The runner is killed at every append of an update, and in between; a restart alone leads to one
 * of two ends.
 */
class UpdateCrashMatrixTest {

  private static final CrashMatrix MATRIX =
      new CrashMatrix(() -> new CrashSite(good -> good), CrashSite::nextUpdate);

  static List<CrashPoint> points() {
    return MATRIX.points();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void restartAloneEndsTheUpdate(CrashPoint point) {
    MATRIX.dieAt(point);
  }

  /** Between the appends too, and while the end is being told: wherever that happens to be. */
  @ParameterizedTest(name = "after {0} ms")
  @ValueSource(
      ints = {5, 20, 40, 80, 120, 160, 200, 250, 300, 350, 400, 450, 500, 550, 600, 700, 800, 1000})
  void restartAloneEndsTheUpdateWheneverItsRunnerIsKilled(int millis) {
    MATRIX.dieAfter(millis);
  }

  @AfterAll
  static void close() {
    try (MATRIX) {
      MATRIX.assertBothEnds();
    }
  }
}
