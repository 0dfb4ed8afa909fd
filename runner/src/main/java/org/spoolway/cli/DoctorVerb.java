package org.spoolway.cli;

import java.util.List;
import org.spoolway.checkup.Checkup;
import org.spoolway.checkup.Finding;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
    name = "doctor",
    description = "Look for what is wrong with this host and its deployments, and say the fixes.")
final class DoctorVerb extends FindingsVerb {

  @Override
  List<Finding> ofHost(Checkup checkup) {
    return checkup.host();
  }

  @Override
  List<Finding> of(String deployment, Checkup checkup) {
    return checkup.deployment(deployment, () -> deployments().site(deployment));
  }
}
