import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.git.GitSource;
import org.spoolway.layout.StateDir;

/**
 * Fetches with the runner's source. {@code java -cp lib/* Fetch.java ADDRESS STATE} fetches the
 * newest release once for each line on its standard input, and prints the seconds that it took. Which
 * is the newest it asks before: git is told.
 */
final class Fetch {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Fetch() {}

  public static void main(String[] arguments) throws Exception {
    StateDir state = new StateDir(Path.of(arguments[1]));
    GitSource source = new GitSource(arguments[0], state, TIMEOUT, Clock.systemUTC());
    while (System.in.read() >= 0) {
      Candidate newest =
          source.candidates().stream().max(Comparator.comparing(Candidate::version)).orElseThrow();
      long begun = System.nanoTime();
      source.fetch(newest, Progress.NONE, new Interruption());
      System.out.printf("%.4f%n", (System.nanoTime() - begun) / 1e9);
    }
  }
}
