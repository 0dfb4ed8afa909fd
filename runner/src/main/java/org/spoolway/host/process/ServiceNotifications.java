package org.spoolway.host.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.supervision.Supervisor;

/**
 * systemd, told through its own {@code systemd-notify}: Java 17 has no datagram sockets of the file
 * system. That program speaks in the name of its parent, which takes root; so the unit can have
 * {@code NotifyAccess=main}, and no command of an application can pass for the runner.
 */
public final class ServiceNotifications implements Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifications.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final @Nullable Duration patience;
  private final Program program;

  /** Runs a program to its end. */
  @FunctionalInterface
  interface Program {

    /**
     * Runs it.
     *
     * @throws IOException when it could not be run, failed or took too long
     */
    void run(List<String> command) throws IOException;
  }

  ServiceNotifications(@Nullable Duration patience, Program program) {
    this.patience = patience;
    this.program = program;
  }

  /**
   * The supervisor that the environment names.
   *
   * @param environment the variables of this process
   * @param pid this process, since a watchdog may be meant for another
   */
  public static Supervisor of(Function<String, Optional<String>> environment, long pid) {
    if (environment.apply("NOTIFY_SOCKET").isEmpty()) {
      return Supervisor.NONE;
    }
    return new ServiceNotifications(patience(environment, pid), ServiceNotifications::run);
  }

  private static @Nullable Duration patience(
      Function<String, Optional<String>> environment, long pid) {
    boolean foreign =
        environment.apply("WATCHDOG_PID").filter(of -> !of.equals(Long.toString(pid))).isPresent();
    return foreign
        ? null
        : environment
            .apply("WATCHDOG_USEC")
            .filter(text -> text.matches("[1-9][0-9]{0,17}"))
            .map(text -> Duration.of(Long.parseLong(text), ChronoUnit.MICROS))
            .orElse(null);
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public Optional<Duration> patience() {
    return Optional.ofNullable(patience);
  }

  @Override
  public void tell(Sign sign) {
    send(
        switch (sign) {
          case READY -> "READY=1";
          case ALIVE -> "WATCHDOG=1";
          case STOPPING -> "STOPPING=1";
        });
  }

  @Override
  public void describe(String text) {
    send("STATUS=" + text);
  }

  private void send(String assignment) {
    try {
      program.run(List.of("systemd-notify", assignment));
    } catch (IOException e) {
      LOG.warn("cannot tell systemd {}: {}", assignment, e.getMessage());
    }
  }

  /** Waits, because systemd asks the kernel about a sender only while that is there. */
  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("it took longer than " + LIMIT.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException("whoever tells is never interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("systemd-notify ended with exit status " + process.exitValue());
    }
  }
}
