package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Screen;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.ParentCommand;

/** What the verbs have in common. */
abstract class Verb implements Callable<Integer> {

  private static final int USUAL_COLUMNS = 80;

  @ParentCommand private @Nullable Object parent;

  private Spoolway program() {
    if (parent instanceof Verb whole) {
      return whole.program();
    } else if (parent instanceof Spoolway program) {
      return program;
    }
    throw new IllegalStateException("a verb belongs to the program, or is a part of another");
  }

  final Machine machine() {
    return program().machine();
  }

  final Deployments deployments() {
    return new Deployments(program().layout(), machine());
  }

  final PrintStream out() {
    return machine().out();
  }

  final Screen screen() {
    int columns =
        machine()
            .environment("COLUMNS")
            .filter(text -> text.matches("[1-9]\\d{1,3}"))
            .map(Integer::valueOf)
            .orElse(USUAL_COLUMNS);
    return new Screen(out(), Spoolway.kind(machine()), columns);
  }

  @Override
  public final Integer call() throws IOException, ProblemException, UsageException {
    return execute().code();
  }

  abstract ExitCode execute() throws IOException, ProblemException, UsageException;
}
