import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.host.http.WebClient;
import org.spoolway.host.http.WebSettings;

/**
 * Downloads with the runner's client. {@code java -cp lib/* Download.java ADDRESS FILE} does so once
 * for each line on its standard input, and prints the seconds that it took.
 */
final class Download {

  private static final Duration HOUR = Duration.ofHours(1);

  private Download() {}

  public static void main(String[] arguments) throws Exception {
    URI address = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]);
    WebSettings settings =
        new WebSettings(file.resolveSibling("cache"), Long.MAX_VALUE, HOUR, HOUR, null);
    WebClient client = new WebClient(settings, Clock.systemUTC());
    while (System.in.read() >= 0) {
      long begun = System.nanoTime();
      client.download(address, file, new Errand("measure", Progress.NONE, new Interruption()));
      System.out.printf("%.4f%n", (System.nanoTime() - begun) / 1e9);
    }
  }
}
