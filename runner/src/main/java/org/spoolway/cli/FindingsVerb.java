package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.spoolway.checkup.Checkup;
import org.spoolway.checkup.Finding;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Parameters;

/** A verb that looks whether all is as it should be. */
abstract class FindingsVerb extends FactVerb {

  private static final int SUBJECT_WIDTH = 15;

  /** What belongs to a finding stands below what was observed, a little to the right. */
  private static final int MORE_INDENT = 2 + 5 + 2 + SUBJECT_WIDTH + 2;

  @Parameters(
      paramLabel = "DEPLOYMENT",
      arity = "0..*",
      description = "Look at these only (default: all).")
  private List<String> names = new ArrayList<>();

  /** What is to be told of what deployments share. */
  abstract List<Finding> ofHost(Checkup checkup);

  /** What is to be told of a deployment. */
  abstract List<Finding> of(String deployment, Checkup checkup);

  /** The exit code tells whether something has to be done. */
  @Override
  final ExitCode execute() throws IOException, ProblemException {
    Checkup checkup =
        new Checkup(
            deployments().layout(), machine().accounts(), machine().environment("PATH").orElse(""));
    List<Finding> findings = new ArrayList<>(ofHost(checkup));
    for (String name : deployments().orAll(names)) {
      findings.addAll(of(name, checkup));
    }
    if (form() == Form.JSON) {
      printJson(findings);
    } else {
      print(findings);
    }
    return findings.stream().anyMatch(Finding::isWrong) ? ExitCode.FAILED : ExitCode.OK;
  }

  private void print(List<Finding> findings) {
    Screen screen = screen();
    String whose = "";
    for (Finding finding : findings) {
      String owner = finding.deployment() == null ? "this host" : finding.deployment();
      if (!owner.equals(whose)) {
        screen.print(Line.of(Paint.BOLD, owner));
        whose = owner;
      }
      List<String> observed = finding.observed().lines().map(String::strip).toList();
      screen.print(
          Line.of("  ")
              .add(
                  finding.isWrong() ? Paint.BAD : Paint.GOOD, finding.isWrong() ? "wrong" : "fine ")
              .add("  ")
              .column(Paint.PLAIN, finding.subject(), SUBJECT_WIDTH)
              .add(observed.get(0)));
      observed.stream()
          .skip(1)
          .forEach(more -> screen.print(Line.of(" ".repeat(MORE_INDENT)).add(more)));
      if (finding.isWrong()) {
        screen.print(Line.of("         Fix: " + Objects.requireNonNull(finding.fix())));
      }
    }
    long wrong = findings.stream().filter(Finding::isWrong).count();
    screen.print(wrong == 0 ? "nothing is wrong" : wrong + " to put right");
  }
}
