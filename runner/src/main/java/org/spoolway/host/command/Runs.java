package org.spoolway.host.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spoolway.host.Commands;
import org.spoolway.host.Commands.Command;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.problem.ProblemException;

/**
 * Runs the commands of {@code [database]}. None of them is ended early: half a copy is none, and
 * half-restored data are worse.
 */
final class Runs {

  private static final Output NOWHERE = (bytes, offset, length) -> {};
  private static final Path ANYWHERE = Path.of("/");

  private final CommandSettings settings;
  private final Commands commands;
  private final Output output;

  Runs(CommandSettings settings, Commands commands) {
    this(settings, commands, NOWHERE);
  }

  private Runs(CommandSettings settings, Commands commands, Output output) {
    this.settings = settings;
    this.commands = commands;
    this.output = output;
  }

  /** The same, which has what is printed go somewhere. */
  Runs printingTo(Output other) {
    return new Runs(settings, commands, other);
  }

  /** Sees that nothing is left of commands whose runner was killed. */
  void requireAllEnded() throws ProblemException {
    commands.requireAllEnded(mark());
  }

  /** Runs commands in the directory of a copy, in order; the first that fails ends it. */
  void inCopy(List<List<String>> lines, Path copy, Complaint complaint) throws ProblemException {
    Map<String, String> environment = environment();
    environment.put("SPOOLWAY_SNAPSHOT", copy.toString());
    for (List<String> line : lines) {
      say("$ " + String.join(" ", line));
      run(line, copy, environment, new Printed(output), complaint);
    }
  }

  /** Runs a command for what it prints. */
  Printed ask(List<String> line, Complaint complaint) throws ProblemException {
    Printed answer = new Printed(NOWHERE);
    run(line, ANYWHERE, environment(), answer, complaint);
    if (answer.isBlank()) {
      throw complaint.about(line, "it printed nothing");
    }
    return answer;
  }

  private void run(
      List<String> line,
      Path directory,
      Map<String, String> environment,
      Printed printed,
      Complaint complaint)
      throws ProblemException {
    Command command =
        new Command(
            settings.line(line),
            directory,
            environment,
            mark(),
            settings.commands().timeout(),
            settings.commands().user());
    Exit exit = commands.run(command, printed, new Interruption());
    if (!exit.equals(new Exit.Status(0))) {
      throw complaint.about(line, observed(exit, printed));
    }
  }

  private static String observed(Exit exit, Printed printed) {
    if (exit instanceof Exit.Status status) {
      String last = printed.lastLine();
      return "it exited with status " + status.code() + (last.isEmpty() ? "" : ": " + last);
    } else if (exit instanceof Exit.TimedOut timedOut) {
      return "it was still running after " + timedOut.after().toSeconds() + " s";
    } else if (exit instanceof Exit.NotStarted notStarted) {
      return notStarted.why();
    }
    return "it was ended";
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SPOOLWAY_DEPLOYMENT", settings.deployment());
    environment.put("SPOOLWAY_SHARED", settings.application().shared().toString());
    return environment;
  }

  private String mark() {
    return settings.state().path().toString();
  }

  private void say(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }
}
