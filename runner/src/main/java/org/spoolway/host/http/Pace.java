package org.spoolway.host.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives up a body that comes so slowly that it keeps everybody waiting without ever being silent.
 */
final class Pace {

  private static final long LOWEST_BYTES_PER_SECOND = 1024;

  private final Duration window;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long bytes) {}

  /**
   * Begins now, with nothing.
   *
   * @param window over which the speed is averaged
   */
  Pace(Duration window) {
    this.window = window;
    samples.add(new Sample(System.nanoTime(), 0));
  }

  /**
   * Looks at the speed.
   *
   * @param received all bytes that have come since it began
   * @throws WebFailure when too few of them came within the last window
   */
  void look(long received) throws WebFailure {
    Sample now = new Sample(System.nanoTime(), received);
    Sample first = samples.getFirst();
    boolean isWhole = now.nanos() - first.nanos() >= window.toNanos();
    double seconds = (now.nanos() - first.nanos()) / 1e9;
    if (isWhole && received - first.bytes() < LOWEST_BYTES_PER_SECOND * seconds) {
      throw WebFailure.unreachable("it sends fewer than 1 KiB/s");
    }
    samples.addLast(now);
    while (now.nanos() - samples.getFirst().nanos() > window.toNanos()) {
      samples.removeFirst();
    }
  }
}
