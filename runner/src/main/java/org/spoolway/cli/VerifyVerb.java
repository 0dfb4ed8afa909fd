package org.spoolway.cli;

import java.util.List;
import org.spoolway.checkup.Checkup;
import org.spoolway.checkup.Finding;
import picocli.CommandLine.Command;

/** {@code verify}. */
@Command(
    name = "verify",
    description =
        "Look whether the releases that are here are as they were sealed, and say what was changed.")
final class VerifyVerb extends FindingsVerb {

  @Override
  List<Finding> ofHost(Checkup checkup) {
    return List.of();
  }

  @Override
  List<Finding> of(String deployment, Checkup checkup) {
    return checkup.releases(deployment, () -> deployments().site(deployment));
  }
}
