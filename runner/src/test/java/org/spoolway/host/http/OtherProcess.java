package org.spoolway.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.archive.Web.Errand;

/** What a test lets another process do with the same files. */
final class OtherProcess {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private OtherProcess() {}

  /** Starts one, whose output can be read. */
  static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(OtherProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * {@code download ADDRESS FILE}, or {@code documents ADDRESS DIRECTORY COUNT}, which prints each
   * document on a line.
   */
  public static void main(String[] arguments) throws Exception {
    URI address = URI.create(arguments[1]);
    Path path = Path.of(arguments[2]);
    WebClient client =
        new WebClient(new WebSettings(path, 50_000_000, MINUTE, MINUTE, null), Clock.systemUTC());
    Errand errand = new Errand("fetch it", Progress.NONE, new Interruption());
    if (arguments[0].equals("download")) {
      client.download(address, path, errand);
    } else {
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        System.out.println(new String(client.list(address, errand).orElseThrow(), UTF_8));
      }
    }
  }
}
