package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LifeSignTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LifeSign sign = new LifeSign(nanos::get);

  @Test
  void aLoopThatHasNotPassedForTooLongIsStuck() {
    nanos.addAndGet(LIMIT.toNanos());
    assertTrue(sign.isFresh(LIMIT));
    nanos.addAndGet(1);
    assertFalse(sign.isFresh(LIMIT));
    sign.pass();
    assertTrue(sign.isFresh(LIMIT));
  }

  @Test
  void longWorkIsLifeAndTheLoopHasPassedAtItsEnd() throws IOException {
    boolean fresh =
        sign.during(
            () -> {
              nanos.addAndGet(LIMIT.toNanos() * 100);
              return sign.isFresh(LIMIT);
            });
    assertTrue(fresh);
    assertTrue(sign.isFresh(LIMIT));
    nanos.addAndGet(LIMIT.toNanos() + 1);
    assertFalse(sign.isFresh(LIMIT));
  }

  @Test
  void longWorkThatFailsIsOverToo() {
    assertThrows(
        IOException.class,
        () ->
            sign.during(
                () -> {
                  throw new IOException("no space");
                }));
    nanos.addAndGet(LIMIT.toNanos() + 1);
    assertFalse(sign.isFresh(LIMIT));
  }

  @Test
  void whereTheLoopIsCanBeTold() {
    assertEquals(0, sign.trace().length);
    sign.serves();
    assertTrue(sign.isServing());
    assertTrue(sign.trace().length > 0);
  }
}
