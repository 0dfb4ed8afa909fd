package org.spoolway.engine;

/**
 * Whether a step is needed.
 *
 * @param needed whether it runs
 * @param why the reason, for people
 */
public record Decision(boolean needed, String why) {

  /** It runs. */
  public static Decision run(String why) {
    return new Decision(true, why);
  }

  /** It is not needed. */
  public static Decision skip(String why) {
    return new Decision(false, why);
  }
}
