package org.spoolway;

import java.util.concurrent.CountDownLatch;
import org.spoolway.cli.Machine;

/**
 * Turns SIGTERM and SIGINT into an orderly end with exit code 0. The JVM starts shutdown hooks on a
 * signal and would then exit with 128 plus its number; the hook waits until the work has ended and
 * halts with 0 instead.
 */
final class ExitHook implements Machine.Termination {

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private ExitHook(Runnable ending) {
    this.hook = new Thread(() -> endOrderly(ending), "termination");
  }

  static ExitHook install(Runnable ending) {
    ExitHook made = new ExitHook(ending);
    Runtime.getRuntime().addShutdownHook(made.hook);
    return made;
  }

  private void endOrderly(Runnable ending) {
    ending.run();
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a shutdown hook is never interrupted", e);
    }
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException underWay) {
      ended.countDown();
    }
  }
}
