package org.spoolway.engine;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.host.Progress;

/**
 * What a step has at hand while it acts.
 *
 * @param facts what is known
 * @param interruption the wish that it end early
 * @param output the job's log
 * @param progress who wants to know how far it is
 * @param begunAt when a runner first began the step that now goes on, or null when it begins
 */
public record Work(
    Facts facts,
    Interruption interruption,
    Output output,
    Progress progress,
    @Nullable Instant begunAt) {

  /** For a step that begins. */
  public Work(Facts facts, Interruption interruption, Output output, Progress progress) {
    this(facts, interruption, output, progress, null);
  }

  /** Writes one line of the runner's own into the job's log. */
  public void say(String line) {
    byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  /** The same as a function, for those that know nothing of steps. */
  public Consumer<String> log() {
    return this::say;
  }
}
