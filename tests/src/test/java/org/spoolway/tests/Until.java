package org.spoolway.tests;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Waits for facts, looking often, for no longer than a busy machine may need. */
public final class Until {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(10);

  private Until() {}

  /** Waits until something is so. */
  public static void isTrue(String what, Callable<Boolean> fact) {
    Awaitility.await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK).until(fact);
  }

  /** Waits until something is there, and tells what. */
  public static <T> T found(String what, Callable<Optional<T>> look) {
    AtomicReference<T> found = new AtomicReference<>();
    isTrue(
        what,
        () -> {
          look.call().ifPresent(found::set);
          return found.get() != null;
        });
    return found.get();
  }
}
