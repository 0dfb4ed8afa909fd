package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

final class FakeServicesTest extends ServicesContract {

  private final FakeServices services = new FakeServices();

  @Override
  protected Services services() {
    return services;
  }

  @Override
  protected void breakStart() {
    services.failStart(
        new ProblemException(Problem.SERVICE_START_FAILED, "cannot start notes: it ended at once"));
  }

  @Test
  void everyEffectIsRecorded() throws ProblemException {
    aStoppedServiceIsGoneAndStoppingItAgainDoesNothing();
    assertEquals(List.of("start 1.0.0", "stop", "stop", "start 1.1.0"), services.calls());
  }
}
