package org.spoolway.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.spoolway.client.ResultReader;
import org.spoolway.inspect.RunnerSigns;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Status;

/**
 * A deployment's status as it was told, and whether whoever told it still lives.
 *
 * @param name the deployment
 * @param status what was told last; null before the first runner
 * @param runner whether one lives
 */
record StatusView(String name, @Nullable Status status, RunnerSigns runner) {

  /** The fields of {@code status.json}, and one more that no file can tell. */
  private record Told(@JsonUnwrapped Status status, @Nullable Boolean runnerAlive) {}

  private record Untold(String deployment, @Nullable Boolean runnerAlive) {}

  static StatusView of(SpoolLayout layout, String name) throws IOException {
    Status status = new ResultReader(layout.spool(name)).status().orElse(null);
    return new StatusView(name, status, RunnerSigns.of(layout, name));
  }

  /** The same for programs. */
  Object document() {
    return status == null ? new Untold(name, alive()) : new Told(status, alive());
  }

  private @Nullable Boolean alive() {
    return switch (runner) {
      case WORKING -> true;
      case NONE -> false;
      case UNKNOWN -> null;
    };
  }
}
