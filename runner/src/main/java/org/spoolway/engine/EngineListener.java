package org.spoolway.engine;

import org.jspecify.annotations.Nullable;
import org.spoolway.journal.JobProgress;

/** Told of each change, to tell others; must not fail. */
public interface EngineListener {

  /** The journal has grown. */
  void onProgress(JobProgress progress);

  /**
   * A long step is further.
   *
   * @param fraction 0.0 to 1.0, or null when it cannot be told
   */
  void onStepProgress(JobProgress progress, String step, @Nullable Double fraction, String detail);
}
