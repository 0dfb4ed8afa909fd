package org.spoolway.step;

import java.time.Duration;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * Watches the new release while users are served. When it turns unhealthy, everything goes back,
 * unless that would take away what users have written since.
 */
final class Bake implements Step {

  /** Users of a release that fails should not wait long, and nobody is to be kept busy by it. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Site site;

  Bake(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "bake";
  }

  @Override
  public boolean undoable() {
    return false;
  }

  @Override
  public boolean needsService() {
    return true;
  }

  @Override
  public boolean watches() {
    return true;
  }

  @Override
  public Decision decide(Facts facts) {
    if (facts.from().isEmpty() && !site.isRunner()) {
      return Decision.skip("there is no release to go back to");
    }
    if (site.deployment().health().url() == null && !site.hasService()) {
      return Decision.skip("neither `health.url` nor a service");
    }
    String unless =
        site.hasDatabase() && site.closesData(facts)
            ? ", unless that would lose what they have written"
            : "";
    return Decision.run(
        "watched for "
            + Durations.text(time())
            + " while users are served; goes back if it turns unhealthy"
            + unless);
  }

  private Duration time() {
    return site.deployment().health().bake();
  }

  @Override
  public Evidence apply(Work work) throws ProblemException {
    Duration before = watchedBefore(work);
    long begin = System.nanoTime();
    boolean goesOn = work.begunAt() != null;
    if (goesOn && site.hasService() && !work.interruption().requested()) {
      // An earlier runner may have begun, and the host, or somebody else, have ended it since.
      new StartService(site).apply(work);
    }
    while (true) {
      String observed = look(work, before.plusNanos(System.nanoTime() - begin));
      Duration left = time().minus(before).minusNanos(System.nanoTime() - begin);
      if (left.isNegative() || left.isZero()) {
        return Evidence.detail(
            "healthy for " + Durations.text(time()) + " with users; the last answer: " + observed);
      }
      work.progress().at(fraction(left), "healthy; watched for another " + Durations.text(left));
      work.interruption().await(left.compareTo(PAUSE) < 0 ? left : PAUSE);
    }
  }

  /**
   * Between runners the wall clock counts, which may jump; so it is kept within the time. A runner
   * that is watched itself was away meanwhile: what counts is for how long it goes on.
   */
  private Duration watchedBefore(Work work) {
    if (work.begunAt() == null || site.isRunner()) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(work.begunAt(), site.clock().instant());
    if (since.isNegative()) {
      return Duration.ZERO;
    }
    return since.compareTo(time()) > 0 ? time() : since;
  }

  private double fraction(Duration left) {
    return Math.max(0, 1 - (double) left.toNanos() / time().toNanos());
  }

  private String look(Work work, Duration watched) throws ProblemException {
    Version version = work.facts().to();
    work.interruption().check("watch " + version);
    String failing =
        "cannot keep "
            + version
            + ", which turned unhealthy "
            + Durations.text(Duration.ofSeconds(watched.toSeconds()))
            + " after users were let in: ";
    return new Gate(site).await(version, work, failing);
  }

  @Override
  public void requireWayBack(Facts facts) throws ProblemException {
    new UsersData(site).requireNothingLost(facts);
  }
}
