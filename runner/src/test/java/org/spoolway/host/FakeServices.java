package org.spoolway.host;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * A service that only pretends: it knows which version runs, fails on demand, and records its
 * calls.
 */
public final class FakeServices implements Services {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile @Nullable Version running;
  private volatile @Nullable ProblemException startFailure;
  private volatile @Nullable ProblemException stopFailure;
  private volatile String lastLines = "";

  /** Every effect, in order: {@code start 1.1.0}, {@code stop}; looking is none. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** The version that runs, or null. */
  public @Nullable Version running() {
    return running;
  }

  /** Makes this version run, or none, as if by others. */
  public void setRunning(@Nullable Version version) {
    running = version;
  }

  /** Makes every start fail with this, or none. */
  public void failStart(@Nullable ProblemException failure) {
    startFailure = failure;
  }

  /** Makes every stop fail with this, or none. */
  public void failStop(@Nullable ProblemException failure) {
    stopFailure = failure;
  }

  /** Sets what it printed last. */
  public void print(String lines) {
    lastLines = lines;
  }

  @Override
  public State state() {
    Version version = running;
    return version == null
        ? new State(false, null, "not started")
        : new State(true, version, "pid 4711 since 2026-11-21T12:00:01Z");
  }

  @Override
  public void start(Version version, Output output) throws ProblemException {
    calls.add("start " + version);
    ProblemException failure = startFailure;
    if (failure != null) {
      throw failure;
    }
    Version other = running;
    if (other != null && !other.equals(version)) {
      throw new ProblemException(
          Problem.SERVICE_START_FAILED, "cannot start notes " + version + ": " + other + " runs");
    }
    running = version;
  }

  @Override
  public void stop() throws ProblemException {
    calls.add("stop");
    ProblemException failure = stopFailure;
    if (failure != null) {
      throw failure;
    }
    running = null;
  }

  @Override
  public String lastLines() {
    return lastLines;
  }
}
