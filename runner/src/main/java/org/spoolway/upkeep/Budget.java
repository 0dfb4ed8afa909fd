package org.spoolway.upkeep;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.spoolway.deployment.Deployment;
import org.spoolway.schema.Status;

/**
 * How much of the disk the runner has filled for each origin: with results, with logs, and with an
 * entry for each file that was refused, whose content is its owner's. Known is what the last look
 * at them found, and what was written since; before the first look, only that. Safe for several
 * threads.
 */
public final class Budget {

  /**
   * Results and logs may each have their part after a look, and as much may come until the next.
   */
  private static final int PARTS = 4;

  private final long part;
  private final Map<String, Long> used = new ConcurrentHashMap<>();

  /** The budget of a deployment's origins, none of which has used anything yet. */
  public Budget(Deployment deployment) {
    this.part = deployment.keep().bytes();
  }

  /** Why nothing more may come of an origin, or empty while it has not used what it may. */
  public Optional<Status.Unserved> spent(String origin) {
    if (used(origin) / PARTS < part) {
      return Optional.empty();
    }
    return Optional.of(
        new Status.Unserved(
            "cannot serve "
                + origin
                + ": its results, logs and refused files take "
                + (used(origin) >> 20)
                + " MiB of the disk, more than "
                + PARTS
                + " times `keep.bytes`",
            "Wait until the oldest have gone, which they do every "
                + Upkeep.PAUSE.toMinutes()
                + " minutes and results after a day, or raise `keep.bytes` in the deployment file."));
  }

  /** Takes account of a file that was written. */
  public void spend(String origin, long bytes) {
    used.merge(origin, onDisk(bytes), Long::sum);
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

  /** Files take whole blocks of the disk; a writer can make one of any length from nothing. */
  static long onDisk(long bytes) {
    final long block = 4096;
    final long longest = 1L << 40;
    return (Math.min(bytes, longest) + block - 1) / block * block;
  }
}
