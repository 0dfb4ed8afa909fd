package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.schema.Version;

class FakeHealthProbeTest extends HealthProbeContract {

  private static final Version OLD = new Version("1.1.0");
  private static final Version NEW = new Version("1.2.0");

  private final FakeHealthProbe probe = new FakeHealthProbe();

  @Override
  protected HealthProbe probe(World world) {
    switch (world) {
      case SERVES_1_1_0 -> probe.fail(NEW, "200 with version 1.1.0 instead of 1.2.0");
      case IS_ILL -> probe.fail(OLD, "503");
      case HANGS -> probe.hang(OLD);
    }
    return probe;
  }

  @Override
  protected void awaitQuestion() throws InterruptedException {
    probe.awaitHanging();
  }

  @Test
  void answersComeInTheirOrderAndTheLastForEver() {
    probe.fail(NEW, "connection refused");
    probe.pass(NEW);
    assertFalse(probe.ask(NEW, new Interruption()).passes());
    assertTrue(probe.ask(NEW, new Interruption()).passes());
    assertTrue(probe.ask(NEW, new Interruption()).passes());
    assertEquals(List.of(NEW, NEW, NEW), probe.asked());
  }

  @Test
  void probeOfNothingPasses() {
    assertEquals(
        new HealthProbe.Answer(true, "no health.url configured"),
        HealthProbe.none().ask(NEW, new Interruption()));
  }
}
