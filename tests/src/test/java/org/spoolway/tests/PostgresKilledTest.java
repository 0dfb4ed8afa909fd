package org.spoolway.tests;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;

/**
 * PostgreSQL is killed at every step of an update, and of going back, while its runner lives, and
 * is started again after a moment.
 */
class PostgresKilledTest {

  private static final int MOMENT = 300;

  /** In the middle of what takes time: milliseconds after the step has begun. */
  private static final List<Integer> DELAYS = List.of(0, 40, 150);

  private static final CrashMatrix GOOD =
      new CrashMatrix(() -> site(good -> good), CrashSite::nextUpdate);
  private static final CrashMatrix FAILING =
      new CrashMatrix(() -> site(good -> good.health("dies")), CrashSite::nextUpdate);

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  private static CrashSite site(UnaryOperator<Release> next) {
    return new CrashSite(next, new PostgresData(POSTGRES.cluster()));
  }

  static List<Arguments> steps() {
    return GOOD.points().stream()
        .filter(point -> point.entry().startsWith("Applying ") && point.when().equals("after"))
        .flatMap(
            point ->
                DELAYS.stream()
                    .filter(millis -> millis == 0 || takesTime(point))
                    .map(millis -> Arguments.of(point, millis)))
        .toList();
  }

  private static boolean takesTime(CrashPoint point) {
    return point.entry().matches("Applying (snapshot|migrate)");
  }

  static List<CrashPoint> stepsBack() {
    return FAILING.points().stream()
        .filter(point -> point.entry().matches("Undoing (migrate|snapshot|stop)"))
        .filter(point -> point.when().equals("after"))
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1} ms later")
  @MethodSource("steps")
  void updateEndsOneWayOrTheOther(CrashPoint point, int millis) {
    GOOD.haltAt(
        point,
        () -> {
          if (millis == 0) {
            POSTGRES.cluster().kill9();
          }
        },
        () -> {
          if (millis > 0) {
            pass(millis);
            POSTGRES.cluster().kill9();
          }
          pass(MOMENT);
          POSTGRES.cluster().start();
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsBack")
  void goingBackIsBroughtToItsEnd(CrashPoint point) {
    FAILING.haltAt(
        point,
        POSTGRES.cluster()::kill9,
        () -> {
          pass(MOMENT);
          POSTGRES.cluster().start();
        });
  }

  private static void pass(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @AfterAll
  static void close() {
    try (FAILING;
        GOOD) {
      GOOD.assertBothEnds();
    }
  }
}
