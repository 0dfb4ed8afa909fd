package org.spoolway.spool;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A request's place in its inbox's order: by time, then by the bytes of the whole name.
 *
 * @param time the name's time, or the arrival when that was earlier or the name has none
 * @param name the file's name
 */
record OrderKey(Instant time, String name) implements Comparable<OrderKey> {

  @Override
  public int compareTo(OrderKey other) {
    int byTime = time.compareTo(other.time);
    return byTime != 0
        ? byTime
        : Arrays.compareUnsigned(
            name.getBytes(StandardCharsets.UTF_8), other.name.getBytes(StandardCharsets.UTF_8));
  }
}
