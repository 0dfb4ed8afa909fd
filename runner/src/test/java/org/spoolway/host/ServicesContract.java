package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** What holds for all {@link Services} that have something to run. */
public abstract class ServicesContract {

  private static final Version ONE = new Version("1.0.0");
  private static final Version TWO = new Version("1.1.0");

  /** The service under test; always the same within a test. */
  protected abstract Services services();

  /** Makes what is started next end at once. */
  protected abstract void breakStart();

  @Test
  void nothingRunsBeforeTheFirstStart() {
    assertFalse(services().state().running());
    assertNull(services().state().version());
  }

  @Test
  void aStartedServiceRunsWithItsVersion() throws ProblemException {
    services().start(ONE, new CapturedOutput());
    assertTrue(services().state().running());
    assertEquals(ONE, services().state().version());
    assertFalse(services().state().detail().isBlank());
  }

  @Test
  void startingWhatRunsChangesNothing() throws ProblemException {
    services().start(ONE, new CapturedOutput());
    Services.State before = services().state();
    services().start(ONE, new CapturedOutput());
    assertEquals(before, services().state());
  }

  @Test
  void anotherVersionIsNotStartedBesideTheOneThatRuns() throws ProblemException {
    services().start(ONE, new CapturedOutput());
    ProblemException problem =
        assertThrows(ProblemException.class, () -> services().start(TWO, new CapturedOutput()));
    assertEquals(Problem.SERVICE_START_FAILED, problem.problem());
    assertEquals(ONE, services().state().version());
  }

  @Test
  void aStoppedServiceIsGoneAndStoppingItAgainDoesNothing() throws ProblemException {
    services().start(ONE, new CapturedOutput());
    services().stop();
    services().stop();
    assertFalse(services().state().running());
    services().start(TWO, new CapturedOutput());
    assertEquals(TWO, services().state().version());
  }

  @Test
  void aStartThatFailsLeavesNothingRunning() {
    breakStart();
    ProblemException problem =
        assertThrows(ProblemException.class, () -> services().start(ONE, new CapturedOutput()));
    assertEquals(Problem.SERVICE_START_FAILED, problem.problem());
    assertFalse(services().state().running());
  }
}
