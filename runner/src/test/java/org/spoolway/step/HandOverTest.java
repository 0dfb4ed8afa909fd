package org.spoolway.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.supervision.Handover;

/** What the step does in each of the processes that carry it out, one after the other. */
class HandOverTest {

  private static final Instant EARLIER = Instant.parse("2026-11-23T06:00:00Z");

  private final Interruption interruption = new Interruption();
  private final Runners runners = new Runners();

  /** Which runner this is, and what was asked of systemd. */
  private final class Runners implements Handover {
    private @Nullable Version own = new Version("1.0.0");
    private @Nullable String putBack;
    private boolean isObeyed = true;
    private int replaced;

    @Override
    public Optional<Version> own() {
      return Optional.ofNullable(own);
    }

    @Override
    public void requireReplaceable(Version to) {
      throw new AssertionError("it was asked before");
    }

    @Override
    public void guard(Optional<Version> from, Version to, Duration within) {
      throw new AssertionError("nothing to guard here");
    }

    @Override
    public void replace() {
      replaced++;
      if (isObeyed) {
        interruption.request(Interruption.Cause.SHUTDOWN);
      }
    }

    @Override
    public Optional<String> whyPutBack(Version to) {
      return Optional.ofNullable(putBack);
    }

    @Override
    public void settle() {
      throw new AssertionError("it is not over yet");
    }
  }

  private Evidence apply(String from, String to, @Nullable Instant begunAt)
      throws ProblemException, IOException {
    Request request =
        new Request(null, null, Action.UPDATE, null, null, null, false, null, null, null);
    Facts facts =
        new Facts(
            request,
            "operator",
            new RequestId("r"),
            1,
            Map.of(Evidence.FROM, from, Evidence.TO, to));
    Work work =
        new Work(facts, interruption, (bytes, offset, length) -> {}, Progress.NONE, begunAt);
    return new HandOver(runners, Duration.ofMillis(1)).apply(work);
  }

  private ProblemException refused(String from, String to, @Nullable Instant begunAt) {
    return assertThrows(ProblemException.class, () -> apply(from, to, begunAt));
  }

  @Test
  void theOldOneAsksForTheNextAndLeavesOff() {
    assertEquals(Problem.INTERRUPTED, refused("1.0.0", "1.1.0", null).problem());
    assertEquals(1, runners.replaced);
  }

  @Test
  void theNextOneFindsThatItIsTheOneAskedFor() throws Exception {
    runners.own = new Version("1.1.0");
    assertEquals("this runner is 1.1.0", apply("1.0.0", "1.1.0", EARLIER).detail());
    assertEquals(0, runners.replaced);
  }

  /** The old one was killed right after the live link had changed. */
  @Test
  void theNextOneMayBeTheFirstToComeToIt() throws Exception {
    runners.own = new Version("1.1.0");
    assertEquals("this runner is 1.1.0", apply("1.0.0", "1.1.0", null).detail());
  }

  @Test
  void oneThatWasPutBackSaysWhyAndAsksForNothing() {
    runners.putBack = "its runner failed 3 times";
    ProblemException failed = refused("1.0.0", "1.1.0", EARLIER);
    assertEquals(Problem.SERVICE_START_FAILED, failed.problem());
    assertEquals("cannot hand over to 1.1.0: its runner failed 3 times", failed.getMessage());
    assertEquals(0, runners.replaced);
  }

  @Test
  void thePackagedOneIsPutBackLikeAnyOther() {
    runners.own = null;
    assertEquals(
        "cannot hand over to 1.1.0: the runner before it was started again",
        refused("1.0.0", "1.1.0", EARLIER).getMessage());
  }

  @Test
  void nothingHappensWhenSystemdDoesNot() {
    runners.isObeyed = false;
    ProblemException failed = refused("1.0.0", "1.1.0", null);
    assertEquals(Problem.SERVICE_START_FAILED, failed.problem());
    assertEquals(1, runners.replaced);
  }

  /** It may not even look while recovery has not ended: nobody says READY before. */
  @Test
  void inARecoveryItIsLeftForWhenThisProcessServes() {
    runners.own = new Version("1.1.0");
    interruption.request(Interruption.Cause.SHUTDOWN);
    assertEquals(Problem.INTERRUPTED, refused("1.0.0", "1.1.0", EARLIER).problem());
    assertEquals(0, runners.replaced);
  }

  @Test
  void aRestartReplacesARunnerByOneOfTheSameRelease() {
    assertEquals(Problem.INTERRUPTED, refused("1.0.0", "1.0.0", null).problem());
    assertEquals(1, runners.replaced);
  }

  @Test
  void aRestartReplacesItOnce() throws Exception {
    assertEquals("this runner is 1.0.0", apply("1.0.0", "1.0.0", EARLIER).detail());
    assertEquals(0, runners.replaced);
  }
}
