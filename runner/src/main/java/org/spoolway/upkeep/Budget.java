package org.spoolway.upkeep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.spoolway.deployment.Deployment;

/**
 * How much of the disk each origin's results, logs and refused entries take together: what the last
 * look at them found, and what has come since. Safe for several threads.
 */
public final class Budget {

  /**
   * Each of the three kinds may have its part after a look, and as much may come until the next.
   */
  private static final int PARTS = 4;

  private final long most;
  private final Map<String, Long> used = new ConcurrentHashMap<>();

  /** The budget of a deployment's origins, none of which has used anything yet. */
  public Budget(Deployment deployment) {
    long part = deployment.keep().bytes();
    this.most = part > Long.MAX_VALUE / PARTS ? Long.MAX_VALUE : PARTS * part;
  }

  /** How many bytes an origin may use. */
  public long most() {
    return most;
  }

  /** Whether an origin has used what it may, so that nothing more may come of it. */
  public boolean isSpent(String origin) {
    return used(origin) >= most;
  }

  /**
   * Takes account of a request that was taken in.
   *
   * @param bytes what it has, which its result may repeat
   */
  public void spend(String origin, long bytes) {
    used.merge(origin, onDisk(1) + onDisk(bytes), Long::sum);
  }

  long used(String origin) {
    return used.getOrDefault(origin, 0L);
  }

  /**
   * Takes account of a look.
   *
   * @param before what was used when it began
   * @param found what it left
   */
  void found(String origin, long before, long found) {
    used.merge(origin, found, (now, left) -> now - before + left);
  }

  /** Files take whole blocks of the disk. */
  static long onDisk(long bytes) {
    final long block = 4096;
    return (bytes + block - 1) / block * block;
  }
}
