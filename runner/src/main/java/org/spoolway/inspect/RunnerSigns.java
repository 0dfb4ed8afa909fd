package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.spoolway.client.ResultReader;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Status;
import org.spoolway.spool.SpoolLock;

/** Whether a runner works a deployment, as far as the looking user can tell. */
public enum RunnerSigns {
  /** One lives. */
  WORKING,
  /** None does. */
  NONE,
  /** The user may not see what would tell. */
  UNKNOWN;

  /** A process that started later than its runner says is another one with the same number. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /**
   * Looks at the lock or, for users who may not open it, at the process that {@code status.json}
   * names, unless that says that it has ended.
   *
   * @throws IOException when the lock or the status cannot be read for any other reason
   */
  public static RunnerSigns of(SpoolLayout layout, String deployment) throws IOException {
    Path lock = layout.state(deployment).lock();
    if (Files.notExists(lock)) {
      return NONE;
    }
    if (Files.isReadable(lock) && Files.isWritable(lock)) {
      return SpoolLock.isHeld(lock) ? WORKING : NONE;
    }
    Optional<Status> status = new ResultReader(layout.spool(deployment)).status();
    return status.map(told -> of(told.runner())).orElse(UNKNOWN);
  }

  static RunnerSigns of(Status.Runner runner) {
    return runner.stoppedAt() == null && lives(runner) ? WORKING : NONE;
  }

  private static boolean lives(Status.Runner runner) {
    Instant latest = runner.startedAt().plus(SLACK);
    return ProcessHandle.of(runner.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().map(latest::isAfter).orElse(true))
        .isPresent();
  }
}
