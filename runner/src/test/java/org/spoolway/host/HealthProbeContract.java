package org.spoolway.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.spoolway.host.HealthProbe.Answer;
import org.spoolway.schema.Version;

/** What every probe does, the fake one included. */
public abstract class HealthProbeContract {

  /** What a probe finds out about. */
  public enum World {
    /** 1.1.0 answers well. */
    SERVES_1_1_0,
    /** Something answers that it is not well. */
    IS_ILL,
    /** Somebody takes the question and never answers it. */
    HANGS
  }

  private static final Version WANTED = new Version("1.1.0");

  /** A probe of such a world. */
  protected abstract HealthProbe probe(World world) throws Exception;

  /** Returns once somebody has taken the question that is asked of a world that hangs. */
  protected abstract void awaitQuestion() throws Exception;

  @Test
  void expectedVersionPasses() throws Exception {
    Answer answer = probe(World.SERVES_1_1_0).ask(WANTED, new Interruption());
    assertTrue(answer.passes(), answer.observed());
    assertEquals("200 with version 1.1.0", answer.observed());
  }

  @Test
  void otherVersionFailsAndIsNamed() throws Exception {
    Answer answer = probe(World.SERVES_1_1_0).ask(new Version("1.2.0"), new Interruption());
    assertFalse(answer.passes());
    assertEquals("200 with version 1.1.0 instead of 1.2.0", answer.observed());
  }

  @Test
  void illReleaseFails() throws Exception {
    Answer answer = probe(World.IS_ILL).ask(WANTED, new Interruption());
    assertFalse(answer.passes());
    assertEquals("503", answer.observed());
  }

  @Test
  void questionMayBeAskedAgain() throws Exception {
    HealthProbe probe = probe(World.SERVES_1_1_0);
    for (int time = 1; time <= 3; time++) {
      assertTrue(probe.ask(WANTED, new Interruption()).passes());
    }
  }

  @Test
  void interruptionEndsTheQuestionAtOnce() throws Exception {
    HealthProbe probe = probe(World.HANGS);
    Interruption interruption = new Interruption();
    CompletableFuture<Answer> asking =
        CompletableFuture.supplyAsync(() -> probe.ask(WANTED, interruption));
    awaitQuestion();
    interruption.request(Interruption.Cause.CANCEL);
    Answer answer = assertTimeout(Duration.ofSeconds(2), asking::join);
    assertFalse(answer.passes());
    assertEquals("given up, because the job was asked to end", answer.observed());
  }

  @Test
  void interruptionFromBeforeEndsTheQuestionToo() throws Exception {
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.SHUTDOWN);
    HealthProbe probe = probe(World.HANGS);
    assertFalse(
        assertTimeout(Duration.ofSeconds(2), () -> probe.ask(WANTED, interruption)).passes());
  }
}
