package org.spoolway.host.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.outbox.MailSystem;

/**
 * The mail system of this host. The mail is a file that the program has as its input: a pipe would
 * end with a runner that dies, and half a mail would be sent.
 */
public final class Sendmail implements MailSystem {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What it leaves in the background may keep the pipe for as long as it delivers. */
  private static final Duration REST_OF_OUTPUT = Duration.ofMillis(200);

  private final Launcher launcher = new Launcher();
  private final Duration limit;

  /** The one that the deployment file names. */
  public Sendmail() {
    this(LIMIT);
  }

  Sendmail(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Exit hand(Path program, Path mail, Output output, Interruption interruption) {
    Process process;
    try {
      process =
          launcher
              .prepare(List.of(program.toString(), "-i", "-t"), Path.of("/"), Map.of(), RunAs.SELF)
              .redirectInput(Redirect.from(mail.toFile()))
              .start();
    } catch (Unstartable | IOException e) {
      return new Exit.NotStarted(String.valueOf(e.getMessage()));
    }
    OutputDrain drain = OutputDrain.start(process, output);
    Exit exit = await(process, interruption);
    drain.finish(REST_OF_OUTPUT);
    return exit;
  }

  private Exit await(Process process, Interruption interruption) {
    CompletableFuture<Void> elapsed =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
    CompletableFuture.anyOf(process.onExit(), interruption.signal(), elapsed).join();
    // Otherwise its timer would live on for the whole limit.
    elapsed.complete(null);
    if (!process.isAlive()) {
      return new Exit.Status(process.exitValue());
    }
    process.destroyForcibly();
    Interruption.Cause cause = interruption.cause();
    return cause != null ? new Exit.Interrupted(cause) : new Exit.TimedOut(limit);
  }
}
