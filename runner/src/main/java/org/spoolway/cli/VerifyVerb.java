package org.spoolway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spoolway.checkup.Checkup;
import org.spoolway.checkup.Finding;
import org.spoolway.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verify}. */
@Command(
    name = "verify",
    description =
        "Look whether the releases that are here are as they were sealed, and say what was changed.")
final class VerifyVerb extends FindingsVerb {

  @Parameters(
      paramLabel = "DEPLOYMENT",
      arity = "0..*",
      description = "Look at the releases of these only (default: all).")
  private List<String> names = new ArrayList<>();

  @Override
  ExitCode execute() throws IOException, ProblemException {
    Checkup checkup =
        new Checkup(
            deployments().layout(), machine().accounts(), machine().environment("PATH").orElse(""));
    List<Finding> findings = new ArrayList<>();
    for (String name : deployments().orAll(names)) {
      findings.addAll(checkup.releases(name, () -> deployments().site(name)));
    }
    return tellFindings(findings);
  }
}
