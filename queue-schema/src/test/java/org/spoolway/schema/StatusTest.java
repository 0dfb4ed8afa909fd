package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Status.Runner RUNNER = new Status.Runner(1, NOON, "0.1.0", null);

  @Test
  void whatAnOlderRunnerDoesNotTellOfIsEmpty() throws Exception {
    String older =
        """
        { "schema": "spoolway/status/v1", "deployment": "notes", "queued": 0, "ignored": {},
          "unserved": {}, "paused": false, "watch": { "mode": "events", "why": "they work" },
          "runner": { "pid": 1, "startedAt": "2026-11-20T00:00:00Z", "version": "0.1.0" },
          "health": { "state": "unknown", "detail": "" } }
        """;
    Status status = SchemaJson.status(older.getBytes(StandardCharsets.UTF_8));
    assertEquals(Map.of(), status.origins());
    assertEquals(List.of(), status.releases());
    assertEquals(List.of(), status.snapshots());
    assertEquals(List.of(), status.history());
    assertNull(status.room());
    assertNull(status.runner().stoppedAt());
  }

  @Test
  void runnerThatIsSilentForAMinuteIsNotRunning() {
    assertTrue(RUNNER.isRunning(NOON, NOON));
    assertTrue(RUNNER.isRunning(NOON, NOON.plusSeconds(60)));
    assertFalse(RUNNER.isRunning(NOON, NOON.plusMillis(60_001)));
  }

  @Test
  void signThatLiesAheadIsOneOfLife() {
    assertTrue(RUNNER.isRunning(NOON, NOON.minusSeconds(3600)));
  }

  @Test
  void runnerThatSaysThatItEndedIsNotRunning() {
    Status.Runner stopped = RUNNER.stopped(NOON);
    assertEquals(NOON, stopped.stoppedAt());
    assertFalse(stopped.isRunning(NOON, NOON));
  }
}
