package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.checkup.Checkup;
import org.spoolway.checkup.Finding;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description = "Look for what is wrong with this host and its deployments, and say the fixes.")
final class DoctorVerb extends FindingsVerb {

  @Parameters(
      paramLabel = "DEPLOYMENT",
      arity = "0..*",
      description = "Look at these only (default: all).")
  private List<String> names = new ArrayList<>();

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Checkup checkup =
        new Checkup(
            deployments().layout(), machine().accounts(), machine().environment("PATH").orElse(""));
    List<Finding> findings = new ArrayList<>(checkup.host());
    for (String name : deployments().orAll(names)) {
      findings.addAll(checkup.deployment(name, () -> deployments().site(name)));
    }
    return tellFindings(findings);
  }
}
