package org.spoolway.install;

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
final class HostTools {

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int TOLD_LINES = 15;

  private final Commands commands;
  private final Path scratch;

  /**
   * @param scratch a directory of this process's own: by a deployment's a runner that starts
   *     meanwhile would take these for what an earlier one had left, and end them
   */
  HostTools(Commands commands, Path scratch) {
    this.commands = commands;
    this.scratch = scratch;
  }

  /** Whether a program that only looks says yes. */
  boolean says(String... arguments) {
    return run(List.of(arguments)).exit().equals(new Exit.Status(0));
  }

  /** What a program that only looks prints. */
  String tells(String... arguments) {
    return run(List.of(arguments)).text();
  }

  /**
   * Has a program do something.
   *
   * @param what a phrase such as {@code create the account notes}
   * @throws ProblemException {@code INSTALL_FAILED}
   */
  void must(String what, List<String> arguments) throws ProblemException {
    Answer answer = run(arguments);
    if (!answer.exit().equals(new Exit.Status(0))) {
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

  private Answer run(List<String> arguments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Exit exit =
        commands.run(
            new Command(
                arguments,
                Path.of("/"),
                Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8"),
                scratch.toString(),
                LIMIT,
                null),
            text::write,
            new Interruption());
    return new Answer(exit, text.toString(StandardCharsets.UTF_8));
  }
}
