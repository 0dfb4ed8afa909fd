package org.spoolway.supervision;

import java.time.Duration;
import java.util.Optional;

/**
 * Whoever started this process and wants to know how it fares, such as systemd. What cannot be told
 * is only logged: no work depends on it.
 */
public interface Supervisor {

  /** Nobody wants to know. */
  Supervisor NONE =
      new Supervisor() {
        @Override
        public boolean listens() {
          return false;
        }

        @Override
        public Optional<Duration> patience() {
          return Optional.empty();
        }

        @Override
        public void tell(Sign sign) {}

        @Override
        public void describe(String text) {}
      };

  /** Whether anything that is told arrives anywhere. */
  boolean listens();

  /**
   * How long it waits for {@link Sign#ALIVE} before it ends this process; empty when it does not
   * wait for it.
   */
  Optional<Duration> patience();

  /** Tells it one thing. */
  void tell(Sign sign);

  /** Tells it what goes on, in one line for people. */
  void describe(String text);

  /** What it wants to know. */
  enum Sign {
    /** All that this process is there for is being done from now on. */
    READY,
    /** It still gets on with its work. */
    ALIVE,
    /** It was asked to end, and finishes or undoes what it has in hand. */
    STOPPING
  }
}
