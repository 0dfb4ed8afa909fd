package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.spoolway.Wiring;
import org.spoolway.cli.Machine;
import org.spoolway.cli.Spoolway;
import org.spoolway.step.Site;

/**
 * The program as it is, but for the wall clock: it is off by the seconds that stand in the file
 * which the system property {@code spoolway.clock} names, and is set anew with that file.
 */
final class SteppedClockRunner {

  private SteppedClockRunner() {}

  /** Runs one command, as {@code spoolway} does. */
  public static void main(String[] args) {
    Path offset = Path.of(System.getProperty("spoolway.clock"));
    InstantSource stepped = () -> Instant.now().plus(Duration.ofSeconds(seconds(offset)));
    Clock clock = stepped.withZone(ZoneOffset.UTC);
    System.exit(Spoolway.execute(args, machine(new Wiring(), clock)));
  }

  private static Machine machine(Wiring real, Clock clock) {
    Class<?>[] types = {Machine.class};
    return (Machine)
        Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            types,
            (proxy, method, args) -> call(real, clock, method, args));
  }

  private static Object call(Wiring real, Clock clock, Method method, Object[] args)
      throws Throwable {
    if (method.getName().equals("clock")) {
      return clock;
    }
    try {
      Object answer = method.invoke(real, args);
      return answer instanceof Site site
          ? new Site(site.deployment(), site.spool(), site.state(), site.ports(), clock)
          : answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static long seconds(Path offset) {
    try {
      return Long.parseLong(Files.readString(offset));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
