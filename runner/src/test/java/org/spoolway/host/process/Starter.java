package org.spoolway.host.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;

/** What tests run in a JVM of its own: a runner that is to be killed, and a server. */
final class Starter {

  private Starter() {}

  /** The arguments of a JVM that runs one of the words below. */
  static List<String> arguments(String... words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.add(Starter.class.getName());
    line.addAll(List.of(words));
    return line;
  }

  /** Starts such a JVM. */
  static Process fork(String... words) throws IOException {
    return new ProcessBuilder(arguments(words)).redirectError(Redirect.INHERIT).start();
  }

  /** {@code command DIR MARK SCRIPT}, {@code service ROOT} or {@code listen PORT}. */
  public static void main(String[] words) throws Exception {
    switch (words[0]) {
      case "command" -> runCommand(Path.of(words[1]), words[2], words[3]);
      case "service" -> {
        ServiceHome home = new ServiceHome(Path.of(words[1]));
        new ProcessService(home.settings(null), Clock.systemUTC())
            .start(new Version("1.0.0"), (bytes, offset, length) -> {});
        System.out.println("started");
        new CountDownLatch(1).await();
      }
      case "listen" -> {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket socket = new ServerSocket()) {
          socket.bind(new InetSocketAddress(loopback, Integer.parseInt(words[1])));
          new CountDownLatch(1).await();
        }
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void runCommand(Path directory, String mark, String script) {
    new ProcessCommands()
        .run(
            new Command(
                List.of("sh", "-c", script), directory, Map.of(), mark, Duration.ofHours(1), null),
            (bytes, offset, length) -> System.out.write(bytes, offset, length),
            new Interruption());
  }
}
