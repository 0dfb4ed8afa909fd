package org.spoolway.tests;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.host.postgres.PostgresExtension;
import org.spoolway.host.postgres.PostgresOptions;

/**
 * The runner of an application on PostgreSQL is killed at the appends of an update and of a
 * rollback. What comes before anything touches the database is left to the matrices without one.
 */
class PostgresCrashMatrixTest {

  private static final CrashMatrix UPDATE =
      new CrashMatrix(PostgresCrashMatrixTest::site, CrashSite::nextUpdate);
  private static final CrashMatrix ROLLBACK =
      new CrashMatrix(PostgresCrashMatrixTest::site, CrashSite::nextRollback);

  @RegisterExtension
  static final PostgresExtension POSTGRES = new PostgresExtension(PostgresOptions.usual());

  private static CrashSite site() {
    return new CrashSite(good -> good, new PostgresData(POSTGRES.cluster()));
  }

  static List<CrashPoint> updates() {
    return UPDATE.points().stream().filter(PostgresCrashMatrixTest::concernsData).toList();
  }

  static List<CrashPoint> rollbacks() {
    return ROLLBACK.points().stream().filter(PostgresCrashMatrixTest::concernsData).toList();
  }

  /** Between the end of a step and the beginning of the next one nothing happens to the data. */
  private static boolean concernsData(CrashPoint point) {
    boolean isBetween = point.when().equals("after") && point.entry().startsWith("Applied");
    return !isBetween && point.entry().matches("\\w+ (stage|snapshot|migrate|restore|swap|prune)");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("updates")
  void restartAloneEndsTheUpdate(CrashPoint point) {
    UPDATE.dieAt(point);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rollbacks")
  void restartAloneEndsTheRollback(CrashPoint point) {
    ROLLBACK.dieAt(point);
  }

  @AfterAll
  static void close() {
    try (UPDATE;
        ROLLBACK) {
      UPDATE.assertBothEnds();
      ROLLBACK.assertBothEnds();
    }
  }
}
