package org.spoolway.tests;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runner is killed while it goes back: from a release that is no good, and after it was killed
 * before.
 */
class UndoCrashMatrixTest {

  private static final CrashMatrix FAILING =
      new CrashMatrix(() -> new CrashSite(good -> good.health("dies")), CrashSite::nextUpdate);
  private static final CrashMatrix GOOD =
      new CrashMatrix(() -> new CrashSite(good -> good), CrashSite::nextUpdate);

  static List<CrashPoint> pointsOfGoingBack() {
    return FAILING.points().stream()
        .filter(point -> point.entry().matches("(TurnedBack|Undo).*"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pointsOfGoingBack")
  void restartAloneGoesOnGoingBack(CrashPoint point) {
    FAILING.dieAt(point);
  }

  /** Where the first runner dies, and at which of its own appends the second one does. */
  static List<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (CrashPoint first : GOOD.points()) {
      if (first.when().equals("before")
          && first.entry().matches("Applied (fetch|build|seal|stop|migrate|swap|gate)")) {
        for (int append : new int[] {1, 2, 5}) {
          pairs.add(Arguments.of(first, new CrashPoint(append, "after", "recovery")));
        }
      }
    }
    return pairs;
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @MethodSource("pairs")
  void restartAfterACrashInTheRestartEndsIt(CrashPoint first, CrashPoint second) {
    GOOD.dieTwice(first, second);
  }

  @AfterAll
  static void close() {
    try (FAILING;
        GOOD) {
      GOOD.assertBothEnds();
    }
  }
}
