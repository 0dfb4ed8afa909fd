package org.spoolway.host.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Confinement;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;
import org.spoolway.source.Place;

/**
 * Asks a program for its version: by {@code --version}, and by {@code -version} if that fails or
 * tells none. What it prints to standard output counts, and to standard error when there is none.
 */
final class VersionQuestion {

  private static final List<String> OPTIONS = List.of("--version", "-version");

  /**
   * Commands have their two outputs joined, so one of them is thrown away: a warning would else be
   * taken for the answer. Nothing of the runner's environment is handed on.
   */
  private static final String ALONE =
      "exec env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/ LC_ALL=C.UTF-8 \"$0\" \"$1\"";

  private static final List<String> OUTPUTS = List.of(" 2>/dev/null", " 2>&1 >/dev/null");

  /** By custom of whatever starts programs, for one that is there and cannot be executed. */
  private static final int NOT_EXECUTED = 126;

  private final Commands commands;
  private final Place.Directory place;
  private final Path mark;
  private final Confinement confinement;

  /**
   * Asks nothing yet.
   *
   * @param mark a directory by which questions are found again, also those of a runner that was
   *     killed; it exists
   * @param confinement what a program may reach
   */
  VersionQuestion(Commands commands, Place.Directory place, Path mark, Confinement confinement) {
    this.commands = commands;
    this.place = place;
    this.mark = mark;
    this.confinement = confinement;
  }

  /** Ends what a runner that was killed has left behind. */
  void endAll() {
    commands.endAll(mark.toString());
  }

  /**
   * Asks.
   *
   * @param release a tree with the program in it
   * @throws UnusableCandidateException when it does not tell
   * @throws UnsettledException when it could not be asked, or does not tell in time
   */
  Version of(Path release) throws UnusableCandidateException, UnsettledException {
    int status = 0;
    for (String option : OPTIONS) {
      for (String output : OUTPUTS) {
        FirstBytes printed = new FirstBytes();
        status = status(release, option, output, printed);
        if (status != 0) {
          break;
        }
        Optional<Version> version = ToldVersion.in(printed.text());
        if (version.isPresent()) {
          return version.get();
        }
      }
    }
    throw new UnusableCandidateException(
        "it tells no semantic version, neither with `--version` nor with `-version`"
            + (status == 0 ? "" : ", and exits with status " + status));
  }

  private int status(Path release, String option, String output, FirstBytes printed)
      throws UnusableCandidateException, UnsettledException {
    Command command =
        new Command(
                List.of("sh", "-c", ALONE + output, "./" + place.executable(), option),
                release,
                Map.of(),
                mark.toString(),
                place.limit(),
                place.user())
            .confinedTo(confinement);
    Exit exit = commands.run(command, printed, new Interruption());
    if (exit instanceof Exit.Status ended && ended.code() != NOT_EXECUTED) {
      return ended.code();
    } else if (exit instanceof Exit.TimedOut) {
      throw new UnsettledException(
          "it has not told its version within "
              + place.limit().toMillis() / 1000.0
              + " s of `source.timeout`");
    } else if (exit instanceof Exit.OutOfMemory) {
      throw new UnusableCandidateException("it takes too much memory to tell its version");
    } else if (exit instanceof Exit.NotStarted notStarted) {
      throw new UnsettledException("it cannot be asked: " + notStarted.why());
    }
    String as = place.user() == null ? "" : " as " + place.user();
    throw new UnsettledException("it cannot be executed" + as);
  }
}
