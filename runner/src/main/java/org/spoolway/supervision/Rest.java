package org.spoolway.supervision;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where one worker asks the others of this process to rest, so that none has a job in hand when the
 * process is replaced. Each ends the job that it has begun; what waits is for the next process.
 */
public final class Rest {

  private @Nullable String waking;
  private CompletableFuture<Void> alone = new CompletableFuture<>();

  /**
   * Asks all but one to rest.
   *
   * @param deployment whose worker goes on
   * @return completes when no other one works any more
   */
  public synchronized CompletableFuture<Void> begin(String deployment) {
    waking = deployment;
    return alone;
  }

  /** All may work again. */
  public synchronized void end() {
    waking = null;
    alone = new CompletableFuture<>();
  }

  /** The only deployment to be worked for now; empty when all are. */
  public synchronized Optional<String> waking() {
    return Optional.ofNullable(waking);
  }

  /**
   * Tells who works.
   *
   * @param working the deployments whose workers have not ended
   */
  public void tell(Set<String> working) {
    CompletableFuture<Void> reached = null;
    synchronized (this) {
      if (waking != null && Set.of(waking).containsAll(working)) {
        reached = alone;
      }
    }
    if (reached != null) {
      reached.complete(null);
    }
  }
}
