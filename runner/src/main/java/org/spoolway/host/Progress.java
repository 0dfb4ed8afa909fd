package org.spoolway.host;

import org.jspecify.annotations.Nullable;

/** Told how far a long step is; may be called often. */
@FunctionalInterface
public interface Progress {

  /** Nobody wants to know. */
  Progress NONE = (fraction, detail) -> {};

  /**
   * Tells how far it is.
   *
   * @param fraction 0.0 to 1.0, or null when it cannot be told
   * @param detail such as {@code 3.1 MB, 420 of 1000 objects}
   */
  void at(@Nullable Double fraction, String detail);
}
