package org.spoolway.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Accounts;
import org.spoolway.metrics.MetricsFile;
import org.spoolway.metrics.TextFile;
import org.spoolway.spool.JobQueue;
import org.spoolway.step.Site;

/** Where a worker's figures go. */
final class Meter {

  private Meter() {}

  /** The file that the deployment names, or null when it names none. */
  static @Nullable MetricsFile of(
      Site site, JobQueue queue, Accounts accounts, ScheduledExecutorService timer)
      throws IOException {
    Path file = site.deployment().metrics().textfile();
    return file == null
        ? null
        : new MetricsFile(
            new TextFile(file, accounts),
            timer,
            queue::oldestDue,
            site.history().entries(),
            site.clock());
  }
}
