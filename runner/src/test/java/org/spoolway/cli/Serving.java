package org.spoolway.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.spoolway.supervision.Rest;

/** A runner that works all deployments of a home until it is closed. */
final class Serving implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeMachine machine;
  private final CompletableFuture<FakeMachine.Ran> life;

  Serving(Home home) throws IOException {
    machine = home.machine.beside();
    life = CompletableFuture.supplyAsync(() -> machine.run("run"));
    await().atMost(PATIENCE).until(() -> machine.termination.get() != null);
  }

  /** Where its workers are asked to rest. */
  Rest rest() {
    return machine.rest();
  }

  boolean lives() {
    return !life.isDone();
  }

  @Override
  public void close() {
    Runnable ending = machine.termination.get();
    if (ending != null) {
      ending.run();
    }
    FakeMachine.Ran ran = life.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (ran.code() != 0) {
      throw new AssertionError("the runner ended with " + ran);
    }
  }
}
