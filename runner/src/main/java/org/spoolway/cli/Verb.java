package org.spoolway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.ParentCommand;

/** What the verbs have in common. */
abstract class Verb implements Callable<Integer> {

  @ParentCommand private @Nullable Spoolway program;
  private @Nullable Machine machine;

  final void use(Machine given) {
    machine = given;
  }

  final Machine machine() {
    if (machine == null) {
      throw new IllegalStateException("a verb is made by the factory");
    }
    return machine;
  }

  final Deployments deployments() {
    if (program == null) {
      throw new IllegalStateException("a verb belongs to the program");
    }
    return new Deployments(program.layout(), machine());
  }

  final PrintStream out() {
    return machine().out();
  }

  @Override
  public final Integer call() throws IOException, ProblemException {
    return execute().code();
  }

  abstract ExitCode execute() throws IOException, ProblemException;
}
