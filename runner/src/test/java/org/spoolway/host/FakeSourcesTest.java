package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class FakeSourcesTest extends SourcesContract {

  private final FakeSources fake = new FakeSources();

  @Override
  protected Sources sources() {
    return fake;
  }

  @Override
  protected void publish(String version, Map<String, String> files, String notes) {
    fake.publish(version, files, notes);
  }

  @Override
  protected void withdraw(String version) {
    fake.withdraw(version);
  }

  @Test
  void callsAreRecordedInOrder() throws Exception {
    Sources.Candidate candidate = fake.publish("1.0.0", Map.of(), "");

    fake.candidates();
    fake.fetch(candidate, Progress.NONE, new Interruption());

    assertEquals(List.of("candidates", "fetch 1.0.0"), fake.calls());
  }

  @Test
  void aMethodFailsUntilItIsMended() throws Exception {
    ProblemException failure = new ProblemException(Problem.SOURCE_UNREACHABLE, "cannot reach it");
    fake.fail(FakeSources.Method.CANDIDATES, failure);

    assertSame(failure, assertThrows(ProblemException.class, fake::candidates));

    fake.fail(FakeSources.Method.CANDIDATES, null);
    assertEquals(List.of(), fake.candidates());
  }
}
