package org.spoolway.host.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;

/** Runs systemd's commands, each to its end. */
final class Systemctl {

  private static final Path ANYWHERE = Path.of("/");

  /** Without a pager, colours or questions, whatever the runner's environment says. */
  private static final Map<String, String> PLAIN =
      Map.of("SYSTEMD_PAGER", "", "SYSTEMD_COLORS", "0", "LC_ALL", "C.UTF-8");

  /** What only asks is answered at once, unless systemd itself hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Commands commands;
  private final String mark;

  /**
   * @param mark by which a later runner finds and ends a command that this one had begun
   */
  Systemctl(Commands commands, String mark) {
    this.commands = commands;
    this.mark = mark;
  }

  /**
   * What a command came to.
   *
   * @param exit how it ended
   * @param text what it printed
   */
  record Reply(Exit exit, String text) {

    boolean succeeded() {
      return exit.equals(new Exit.Status(0));
    }

    /** How it ended, for people. */
    String observed() {
      if (exit instanceof Exit.TimedOut timedOut) {
        return "systemd was not done after " + timedOut.after().toSeconds() + " s";
      } else if (exit instanceof Exit.NotStarted notStarted) {
        return notStarted.why();
      }
      return text.isBlank() ? exit.toString() : text.strip();
    }
  }

  /** Asks for a job of these units and waits until it is done or the time is over. */
  Reply change(String verb, List<String> units, Duration timeout) {
    List<String> arguments = new ArrayList<>(List.of("systemctl", "--quiet", verb, "--"));
    arguments.addAll(units);
    return run(arguments, timeout);
  }

  /** Has everything that these units run killed; does not wait for its end. */
  Reply kill(List<String> units) {
    List<String> arguments =
        new ArrayList<>(List.of("systemctl", "--quiet", "kill", "--signal=KILL", "--"));
    arguments.addAll(units);
    return run(arguments, ANSWER);
  }

  /** Asks something that changes nothing. */
  Reply ask(List<String> arguments) {
    return run(arguments, ANSWER);
  }

  private Reply run(List<String> arguments, Duration timeout) {
    Text text = new Text();
    Exit exit =
        commands.run(
            new Command(arguments, ANYWHERE, PLAIN, mark, timeout, null), text, new Interruption());
    return new Reply(exit, text.text());
  }
}
