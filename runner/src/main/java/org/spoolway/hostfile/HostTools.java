package org.spoolway.hostfile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.Printable;

/** The programs with which a Debian host is administered. */
public final class HostTools {

  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final int TOLD_LINES = 15;
  private static final Exit SUCCESS = new Exit.Status(0);

  private final Commands commands;
  private final String mark;

  /**
   * The programs of this host.
   *
   * @param mark a directory by which they are found again; for what must go on while a runner
   *     starts not the deployment's own, since that runner would take them for what another one had
   *     left
   */
  public HostTools(Commands commands, String mark) {
    this.commands = commands;
    this.mark = mark;
  }

  /** Whether a program that only looks says yes. */
  public boolean says(String... arguments) {
    return run(List.of(arguments), LOOK).exit().equals(SUCCESS);
  }

  /** What a program that only looks prints; nothing when it cannot be run. */
  public String tells(String... arguments) {
    return run(List.of(arguments), LOOK).text();
  }

  /** Has a program do something that may fail. */
  public boolean tries(List<String> arguments) {
    return run(arguments, LONG).exit().equals(SUCCESS);
  }

  /**
   * Has a program do something.
   *
   * @param what a phrase such as {@code create the account notes}
   * @throws ProblemException {@code INSTALL_FAILED}
   */
  public void must(String what, List<String> arguments) throws ProblemException {
    Answer answer = run(arguments, LONG);
    if (!answer.exit().equals(SUCCESS)) {
      throw new ProblemException(
          Problem.INSTALL_FAILED,
          "cannot " + what + " with `" + String.join(" ", arguments) + "`: " + answer.observed());
    }
  }

  private record Answer(Exit exit, String text) {
    String observed() {
      List<String> lines = Printable.text(text.strip()).lines().toList();
      String last =
          String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
      return last.isEmpty() ? exit.toString() : last;
    }
  }

  private Answer run(List<String> arguments, Duration limit) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Exit exit =
        commands.run(
            new Command(
                arguments,
                Path.of("/"),
                Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8"),
                mark,
                limit,
                null),
            text::write,
            new Interruption());
    return new Answer(exit, text.toString(StandardCharsets.UTF_8));
  }
}
