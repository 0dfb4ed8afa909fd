package org.spoolway.cli;

import org.spoolway.schema.Result;

/** Shows how a request comes along. Called from several threads. */
interface ProgressView {

  /** Shows nothing. */
  ProgressView NONE =
      new ProgressView() {
        @Override
        public void show(Result result) {}
      };

  /** A new result. */
  void show(Result result);

  /** Some time has passed. */
  default void tick() {}

  /** Whether anything of the job was seen. */
  default boolean hasBegun() {
    return false;
  }

  /** Lets somebody else write. */
  default void aside(Runnable writing) {
    writing.run();
  }

  /** Nothing more comes. */
  default void end() {}
}
