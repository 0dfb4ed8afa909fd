package org.spoolway.cli;

import java.util.List;
import java.util.Objects;
import org.spoolway.checkup.Finding;
import org.spoolway.cli.text.Line;
import org.spoolway.cli.text.Paint;
import org.spoolway.cli.text.Screen;

/** A verb that looks whether all is as it should be. */
abstract class FindingsVerb extends FactVerb {

  private static final int SUBJECT_WIDTH = 15;

  /** What belongs to a finding stands below what was observed, a little to the right. */
  private static final int MORE_INDENT = 2 + 5 + 2 + SUBJECT_WIDTH + 2;

  /** Prints them, and tells by the exit code whether something has to be done. */
  final ExitCode tellFindings(List<Finding> findings) {
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
