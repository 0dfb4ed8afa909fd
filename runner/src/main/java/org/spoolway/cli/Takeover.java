package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.spoolway.durable.DurableFiles;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SpoolLock;

/** Takes a deployment from the runner that works it, for good. */
final class Takeover {

  /** As long as a job in hand may take that nobody wants to see cut short. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Machine machine;
  private final Deployments deployments;
  private final String name;

  Takeover(Machine machine, Deployments deployments, String name) {
    this.machine = machine;
    this.deployments = deployments;
    this.name = name;
  }

  /**
   * Sets the deployment's file aside, so that the runner lets go of it once its job is over, and
   * takes the lock.
   *
   * @throws ProblemException {@code BUSY} when the runner does not let go; the file is back then
   */
  SpoolLock setAside(Path file, Path aside) throws IOException, ProblemException {
    move(file, aside);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return SpoolLock.take(
            deployments.layout().state(name).lock(),
            name,
            machine.pid(),
            Asking.user(machine),
            machine.clock().instant());
      } catch (ProblemException e) {
        if (e.problem() != Problem.BUSY || System.nanoTime() - end >= 0) {
          move(aside, file);
          throw e;
        }
        pause();
      }
    }
  }

  /** Puts a file back that was set aside before, so that what was cut short begins anew. */
  void resume(Path file, Path aside) throws IOException {
    if (Files.exists(aside) && Files.notExists(file)) {
      move(aside, file);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.forceDirectory(Objects.requireNonNull(to.getParent()));
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(BETWEEN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the main thread is never interrupted", e);
    }
  }
}
