package org.spoolway.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
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
 * @param paused whether its queue is held
 * @param runner whether one lives
 * @param lastSign when the last runner gave its last sign of life; null before the first
 * @param fault what is wrong with its file, or null
 */
record StatusView(
    String name,
    @Nullable Status status,
    boolean paused,
    RunnerSigns runner,
    @Nullable Instant lastSign,
    @Nullable String fault) {

  /** The fields of {@code status.json}, and two more that it cannot tell. */
  private record Told(
      @JsonUnwrapped Status status,
      @Nullable Boolean runnerAlive,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fileError) {}

  private record Untold(
      String deployment,
      boolean paused,
      @Nullable Boolean runnerAlive,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fileError) {}

  static StatusView of(Deployments deployments, String name) throws IOException {
    SpoolLayout layout = deployments.layout();
    boolean held = Files.exists(layout.state(name).paused());
    Status status =
        new ResultReader(layout.spool(name))
            .status()
            .map(told -> held ? paused(told) : told)
            .orElse(null);
    boolean paused = status == null ? held : status.paused();
    Instant lastSign =
        status == null ? null : Files.getLastModifiedTime(layout.spool(name).status()).toInstant();
    return new StatusView(
        name, status, paused, RunnerSigns.of(layout, name), lastSign, deployments.fault(name));
  }

  /** A hold that its runner has not told of yet, and without a runner never will. */
  private static Status paused(Status told) {
    return new Status(
        told.schema(),
        told.deployment(),
        told.current(),
        told.available(),
        told.running(),
        told.queued(),
        told.ignored(),
        told.unserved(),
        told.last(),
        true,
        told.watch(),
        told.runner(),
        told.broken(),
        told.health(),
        told.notifications(),
        told.origins(),
        told.releases(),
        told.snapshots(),
        told.room(),
        told.history(),
        told.auto());
  }

  /** The same for programs. */
  Object document() {
    return status == null
        ? new Untold(name, paused, alive(), fault)
        : new Told(status, alive(), fault);
  }

  private @Nullable Boolean alive() {
    return switch (runner) {
      case WORKING -> true;
      case NONE -> false;
      case UNKNOWN -> null;
    };
  }
}
