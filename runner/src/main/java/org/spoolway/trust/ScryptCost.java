package org.spoolway.trust;

import org.spoolway.trust.TrustedKey.UnusableKeyException;

/**
 * What it costs to try a password, by the rule with which libsodium makes scrypt's parameters of
 * its own two limits.
 *
 * @param rounds scrypt's N, a power of two
 * @param lanes scrypt's p
 */
record ScryptCost(int rounds, int lanes) {

  /** Scrypt's r. */
  static final int BLOCK = 8;

  private static final int LANE_BYTES = 128;
  private static final long LEAST_OPERATIONS = 1 << 15;
  private static final int OPERATIONS_A_BYTE = 32;
  private static final int OPERATIONS_A_ROUND = 4;

  /** Sixteen times what minisign takes; a damaged file may say anything. */
  private static final long MOST_OPERATIONS = 1L << 29;

  private static final long MOST_MEMORY = 1L << 34;
  private static final int LEAST_MEMORY = 1 << 12;
  private static final long MOST_LANES = 1 << 10;
  private static final String NO_SUCH_COST = "damaged: no password is as costly as it says";

  /**
   * Makes it of what a key says.
   *
   * @param operations libsodium's {@code opslimit}
   * @param memory libsodium's {@code memlimit}, in bytes
   */
  static ScryptCost of(long operations, long memory) throws UnusableKeyException {
    if (operations < 1
        || operations > MOST_OPERATIONS
        || memory < LEAST_MEMORY
        || memory > MOST_MEMORY) {
      throw new UnusableKeyException(NO_SUCH_COST);
    }
    long work = Math.max(operations, LEAST_OPERATIONS);
    if (work < memory / OPERATIONS_A_BYTE) {
      return new ScryptCost(powerAbove(work / (BLOCK * OPERATIONS_A_ROUND)), 1);
    }
    int rounds = powerAbove(memory / (BLOCK * LANE_BYTES));
    long lanes = Math.max(work / OPERATIONS_A_ROUND / rounds / BLOCK, 1);
    if (lanes > MOST_LANES) {
      throw new UnusableKeyException(NO_SUCH_COST);
    }
    return new ScryptCost(rounds, (int) lanes);
  }

  /** The least power of two, from two on, that is above half of a number. */
  private static int powerAbove(long number) {
    int power = 2;
    while (power <= number / 2) {
      power *= 2;
    }
    return power;
  }

  /** Sees that there is as much memory. */
  void require(long available) throws UnusableKeyException {
    long bytes = (long) rounds * BLOCK * LANE_BYTES;
    // The collector of this program keeps a third for what is young.
    if (bytes + bytes / 2 > available) {
      throw new UnusableKeyException(
          "locked by a password that takes %d MiB of memory, and Java has %d MiB; run it with SPOOLWAY_JAVA_OPTS=-Xmx%dm"
              .formatted(bytes >> 20, available >> 20, (bytes * 2) >> 20));
    }
  }
}
