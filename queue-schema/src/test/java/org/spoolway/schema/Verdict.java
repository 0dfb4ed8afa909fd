package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Printable;

/**
 * What became of bytes that somebody called a request.
 *
 * @param request what they ask, or null when they were refused
 * @param refusal why they were refused, or null
 * @param time how long a processor was busy with it
 */
record Verdict(@Nullable Request request, @Nullable String refusal, Duration time) {

  /** Generous, for slow machines; what grows with the square of a size takes longer. */
  static final Duration LIMIT = Duration.ofSeconds(1);

  /** Other processes' work is not counted, so that a busy machine fails no test. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Pattern REFUSAL =
      Pattern.compile(
          "it is empty|it starts with a byte order mark|it is larger than 65536 bytes"
              + "|\"action\" is missing; it is one of [a-z, ]+"
              + "|.+ \\((?:line \\d+, column \\d+|byte \\d+)\\)(?:; .+)?");

  /** Whatever else is thrown is an error of the test that asks. */
  static Verdict on(byte[] bytes) {
    long start = THREADS.getCurrentThreadCpuTime();
    Request request = null;
    String refusal = null;
    try {
      request = SchemaJson.request(bytes);
    } catch (SchemaJson.Malformed e) {
      refusal = e.getMessage();
    }
    Duration time = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
    assertTrue(time.compareTo(LIMIT) < 0, () -> "it took " + time);
    if (refusal != null) {
      assertHelpful(refusal);
    }
    return new Verdict(request, refusal, time);
  }

  boolean isRefused() {
    return refusal != null;
  }

  Optional<Request> accepted() {
    return Optional.ofNullable(request);
  }

  private static void assertHelpful(String refusal) {
    assertTrue(REFUSAL.matcher(refusal).matches(), () -> "no place in: " + refusal);
    assertTrue(
        refusal.codePoints().allMatch(Printable::isHarmless),
        () -> "a terminal obeys: " + Printable.line(refusal));
  }
}
