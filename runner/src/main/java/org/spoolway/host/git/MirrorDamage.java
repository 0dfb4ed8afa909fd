package org.spoolway.host.git;

import org.jspecify.annotations.Nullable;

/** A mirror lacks or garbles what it should hold; made anew it will be whole again. */
final class MirrorDamage extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Mirror mirror;

  MirrorDamage(Mirror mirror, String observed, @Nullable Throwable cause) {
    super(observed, cause);
    this.mirror = mirror;
  }

  /** Which mirror it is. */
  Mirror mirror() {
    return mirror;
  }

  /** What was observed, as the part of a sentence that follows a colon. */
  String observed() {
    return String.valueOf(getMessage());
  }
}
