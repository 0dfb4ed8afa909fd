package org.spoolway.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;

/**
 * One unit of work that makes at most one change outside. The engine writes to the journal before
 * and after it; a step itself never does.
 */
public interface Step {

  /** Its name in plans, results and journals. */
  String name();

  /**
   * Whether it is needed, and why; looks, but changes nothing.
   *
   * @throws ProblemException when that cannot be told; the step has then failed
   */
  Decision decide(Facts facts) throws ProblemException, IOException;

  /**
   * Does it.
   *
   * @return what later steps, its own undo and people need to know
   */
  Evidence apply(Work work) throws ProblemException, IOException;

  /**
   * Makes the world as it was before {@link #apply}, however far that came; may be repeated. The
   * default is for steps that change nothing.
   */
  default void undo(Work work) throws ProblemException, IOException {}

  /** Whether there may be anything to undo; false for what changes nothing by itself. */
  default boolean undoable() {
    return !looksOnly();
  }

  /** What the world shows of it, asked after a crash; looks, but changes nothing. */
  default Observation observe(Facts facts) throws ProblemException, IOException {
    return Observation.PARTIAL;
  }

  /**
   * Whether doing it has something serve, or waits for what serves. While the host starts that is
   * systemd's to do, once recovery has come so far.
   */
  default boolean needsService() {
    return false;
  }

  /** The same of its undo. */
  default boolean undoNeedsService() {
    return false;
  }

  /**
   * Whether it watches what users are served by already, for as long as that takes. Asked to end,
   * it leaves off, and the next runner goes on with it without doing anything before it anew.
   */
  default boolean watches() {
    return false;
  }

  /**
   * Asked when it has failed, before anything goes back.
   *
   * @throws ProblemException when going back would take away what nobody said may go: what was done
   *     stays then, and people are told
   */
  default void requireWayBack(Facts facts) throws ProblemException {}

  /** Whether it only looks, so that a dry run performs it too. */
  default boolean looksOnly() {
    return false;
  }

  /**
   * Whether a step is needed.
   *
   * @param needed whether it runs
   * @param why the reason, for people
   * @param detail what exactly it would do, for who looks at a plan; may have many lines, or null
   */
  record Decision(boolean needed, String why, @Nullable String detail) {

    /** It runs. */
    public static Decision run(String why) {
      return new Decision(true, why, null);
    }

    /** It runs, and this is what exactly it does. */
    public static Decision run(String why, @Nullable String detail) {
      return new Decision(true, why, detail);
    }

    /** It is not needed. */
    public static Decision skip(String why) {
      return new Decision(false, why, null);
    }
  }

  /** What the world shows of a step. */
  enum Observation {
    /** Nothing of it. */
    ABSENT,
    /** Perhaps something of it; undo copes. */
    PARTIAL,
    /** All of it. */
    PRESENT
  }
}
